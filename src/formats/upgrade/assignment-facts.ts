import type { UpgradeTable } from './table.js';

const type = (name: string, version: string) => `urn://egisso-ru/types/${name}/${version}`;

/** m message, p package, f assignment fact, i person, b identity document and address, r reason person, c commons of SMEV. */
function namespaces(m: string, p: string, f: string, i: string, b: string, r?: string): Record<string, string> {
  return {
    m: `urn://egisso-ru/msg/10.06.S/${m}`,
    p: type('package-RAF', p),
    f: type('assignment-fact', f),
    i: type('prsn-info', i),
    c: 'urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1',
    b: type('basic', b),
    ...(r === undefined ? {} : { r: type('prsn-basis', r) }),
  };
}

/** 10.06.S, changes of the register of assignment facts. Each step is the whole difference of two published versions. */
export const ASSIGNMENT_FACTS: UpgradeTable = {
  id: '10.06.S',
  to: '1.1.0',
  namespaces: {
    '1.0.2': namespaces('1.0.2', '1.0.3', '1.0.3', '1.0.3', '1.0.4'),
    '1.0.3': namespaces('1.0.3', '1.0.4', '1.0.4', '1.0.3', '1.0.4'),
    '1.0.4': namespaces('1.0.4', '1.0.5', '1.0.5', '1.0.3', '1.0.4'),
    '1.0.5': namespaces('1.0.5', '1.0.6', '1.0.6', '1.0.3', '1.0.4'),
    '1.0.6': namespaces('1.0.6', '1.0.7', '1.0.6', '1.0.3', '1.0.4'),
    '1.0.7': namespaces('1.0.7', '1.0.8', '1.0.7', '1.0.3', '1.0.4', '1.0.1'),
    '1.0.8': namespaces('1.0.8', '1.0.9', '1.0.8', '1.0.4', '1.0.8', '1.0.2'),
    '1.1.0': namespaces('1.1.0', '1.1.0', '1.0.8', '1.0.4', '1.0.8', '1.0.2'),
  },
  steps: [
    {
      from: '1.0.2',
      to: '1.0.3',
      renames: {
        'p:package/p:packageID': 'p:packageId',
        'p:fact/f:ID': 'f:id',
        'p:fact/f:OSZCode': 'f:oszCode',
        'p:fact/f:MSZ_receiver': 'f:mszReceiver',
        'p:fact/f:reason_persons': 'f:reasonPersons',
        'p:fact/f:LMSZID': 'f:lmszId',
        'p:fact/f:categoryID': 'f:categoryId',
        'p:fact/f:decision_date': 'f:decisionDate',
        'p:fact/f:assignment_info': 'f:assignmentInfo',
        'f:document/f:issue_date': 'f:issueDate',
        'f:document/f:start_date': 'f:startDate',
        'f:document/f:finish_date': 'f:finishDate',
        'f:assignment_info/f:monetary_form': 'f:monetaryForm',
        'f:assignment_info/f:natural_form': 'f:naturalForm',
        'f:natural_form/f:OKEICode': 'f:okeiCode',
        'f:exemptionForm/f:OKEICode': 'f:okeiCode',
        'f:serviceForm/f:OKEICode': 'f:okeiCode',
      },
      lost: {
        'p:fact/p:previosID': {
          ru: 'ссылка на прежнюю запись: с 1.0.3 изменение передаётся отдельным событием (alterationBasedOn…), а каким именно, в документе не сказано',
          en: 'the reference to an earlier record: since 1.0.3 a change is an event of its own (alterationBasedOn…), and the document does not say which',
        },
        'p:elements/p:termination': {
          ru: 'прекращение без основания: в 1.1.0 нужно одно из пяти terminationBasedOn…, а какое именно, в документе не сказано',
          en: 'a termination without its ground: 1.1.0 wants one of five terminationBasedOn…, and the document does not say which',
        },
      },
    },
    {
      from: '1.0.3',
      to: '1.0.4',
      renames: { 'p:fact/f:id': 'p:uuid', 'f:serviceForm/f:okeiCode': 'f:OKEICode' },
      last: ['p:fact/f:id'],
      lost: {
        'p:fact/p:lastChanging': {
          ru: 'дата последнего изменения: с 1.0.4 для неё нет места',
          en: 'the instant of the last change: since 1.0.4 there is no place for it',
        },
      },
    },
    {
      from: '1.0.4',
      to: '1.0.5',
      lost: {
        'f:needsCriteria/f:criteria': {
          ru: 'критерии нуждаемости словами: с 1.0.5 нужны их коды (needsCriteriaCode), а по тексту код не определить',
          en: 'need criteria in words: since 1.0.5 their codes are wanted (needsCriteriaCode), which cannot be told from the text',
        },
      },
    },
    { from: '1.0.5', to: '1.0.6' },
    { from: '1.0.6', to: '1.0.7', wraps: { 'f:reasonPersons/i:prsnInfo': 'r:basisPerson' } },
    { from: '1.0.7', to: '1.0.8' },
    { from: '1.0.8', to: '1.1.0' },
  ],
  parcel: { list: 'p:elements', id: 'p:packageId' },
};
