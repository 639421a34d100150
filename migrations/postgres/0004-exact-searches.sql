-- Exchanges by the very purpose they name (meta.purpose), and those whose answer is due (meta.answerBy).
CREATE INDEX message_by_purpose ON message ((meta::jsonb->>'purpose'), id)
  WHERE kind = 'request' AND meta::jsonb->>'purpose' IS NOT NULL;
CREATE INDEX message_by_answer ON message ((meta::jsonb->>'answerBy'), id)
  WHERE kind = 'request' AND closed_by IS NULL AND meta::jsonb->>'answerBy' IS NOT NULL;
