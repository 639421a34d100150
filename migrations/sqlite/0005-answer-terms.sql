-- Requests that wait for an answer, by when it is due (meta.answerBy).
CREATE INDEX exchange_by_answer ON message (json_extract(meta, '$.answerBy'), id)
  WHERE kind = 'request' AND closed_by IS NULL AND json_extract(meta, '$.answerBy') IS NOT NULL;
