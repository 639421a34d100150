-- Exchanges by what they were made for, as the request says (meta.purpose).
CREATE INDEX exchange_by_purpose ON message (json_extract(meta, '$.purpose'), id)
  WHERE kind = 'request' AND json_extract(meta, '$.purpose') IS NOT NULL;
