import type { BodyShape } from './shape.js';

/** A local measure, 10.05.I 2.1.0. */
export const LOCAL_MEASURE: BodyShape = {
  dates: [
    { path: 'dateEnact', name: 'Дата начала действия ЛМСЗ', of: 'даты начала действия ЛМСЗ' },
    { path: 'dateExpiration', name: 'Дата окончания действия ЛМСЗ', of: 'даты окончания действия ЛМСЗ' },
    { at: 'reasons/NPA', path: 'date', name: 'Дата принятия НПА', of: 'даты принятия НПА', limit: 'year' },
  ],
  periods: [{ from: 'dateEnact', to: 'dateExpiration' }],
  quotas: 'classificationKMSZ/cofinancing/fundingSource/quota',
  budgetCode: 'KBKCode',
};

/** An organisation that provides measures, 10.07.I 1.0.6. */
export const ORGANIZATION: BodyShape = {
  dates: [
    {
      at: 'presencePoint/pointMsz',
      path: 'beginDate',
      name: 'Дата начала предоставления ЛМСЗ',
      of: 'даты начала предоставления ЛМСЗ',
    },
    {
      at: 'presencePoint/pointMsz',
      path: 'endDate',
      name: 'Дата окончания предоставления ЛМСЗ',
      of: 'даты окончания предоставления ЛМСЗ',
    },
    {
      at: 'legalPerson/usrleDocument',
      path: 'issueDate',
      name: 'Дата выдачи документа ЕГРЮЛ',
      of: 'даты выдачи документа ЕГРЮЛ',
      limit: 'today',
    },
  ],
  periods: [{ at: 'presencePoint/pointMsz', from: 'beginDate', to: 'endDate' }],
};

/** An application to the register of participants, 10.11.I 1.0.3. */
export const APPLICATION: BodyShape = {
  dates: [
    {
      at: 'document',
      path: 'docdate',
      name: 'Дата утверждения документа',
      of: 'даты утверждения документа',
      limit: 'year',
    },
  ],
};

/** Records that the rules know by their id and their texts only: points of presence, living wages, deletions. */
export const PLAIN: BodyShape = {};
