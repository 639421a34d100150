import { join } from 'node:path';
import { expect } from 'chai';
import { personSpans } from '../../src/formats/index.js';
import { clone, serialize, type TreeNode } from './differential/document-tree.js';
import { validDocuments } from './differential/documents.js';
import { type Fixture, fixture, nodeAt, refuses, repeatFirst, seed } from './differential/fixture.js';
import { repository } from './differential/pairs.js';
import { catalogue, treeOf } from './sample.js';

/** Where EGISSO formats lay traps: our own documents, each one step from valid. */
const measure = egisso('10.05.I', '2.1.0', 'request');
const older = egisso('10.06.S', '1.0.7', 'data');
const old = egisso('10.06.S', '1.0.8', 'data');
const statement = egisso('10.13.I', '1.0.7', 'request');

describe('traps of EGISSO formats', () => {
  const localMeasure = 'package/elements/localMSZ';
  const quota = `${localMeasure}/classificationKMSZ/cofinancing/fundingSource/quota`;
  refuses('FamSign for famSign', measure, `${localMeasure}/famSign`, rename('FamSign'));
  refuses('a share of nothing', measure, quota, text('0'));
  refuses('a share above a hundred per cent', measure, quota, text('100.01'));
  refuses('a budget line with a blank inside', measure, `${localMeasure}/KBKCode`, text('1234567890 123456789'));
  refuses('a service code of eight digits', measure, `${localMeasure}/frguCode`, text('12345678'));
  refuses('a need coefficient of two decimals', measure, `${localMeasure}/classificationKMSZ/localCategories/localCategory/needsCriteria/needsCriteriaCoefficient`, text('1.25')); // biome-ignore format: one trap a line
  refuses('a 1001st measure', measure, 'package/elements', (node) => repeatFirst(node, 1001));

  const fact = 'package/elements/fact';
  refuses('reasonPerson for basisPerson', older, `${fact}/reasonPersons/basisPerson`, rename('reasonPerson'));
  refuses('a refusal of the recipient before 1.1.0', old, 'package/elements/terminationBasedOnEndOfValidityPeriod', rename('terminationBasedOnRecipientRefusal')); // biome-ignore format: one trap a line
  takes('1.0.8 takes more than a thousand facts', old, 'package/elements', (node) => repeatFirst(node, 1001));
  takes('1.0.8 takes letters in a participant code', old, `${fact}/oszCode`, text('0A42.000017'));
  refuses('letters in a participant code of 1.0.7', older, `${fact}/oszCode`, text('0A42.000017'));

  const wages = egisso('10.22.I', '1.0.1', 'request');
  refuses('a 1001st living wage', wages, 'package/elements', (node) => repeatFirst(node, 1001));
  const decision = egisso('10.11.I', '1.0.3', 'response');
  refuses('a territory in the namespace of the application', decision, 'OSZinfo/territories/OKTMOcode', (node) =>
    Object.assign(node, { namespace: 'urn://egisso-ru/types/app-RU-OSZ/1.0.3' }),
  );
  refuses('a classifier that is not handed out', egisso('10.02.I', '1.0.3', 'request'), 'classifierCode', text('011'));
  refuses('a 251st measure asked about', statement, 'requestData/assignmentsFilter', (node) =>
    node.children.push(...Array.from({ length: 250 }, () => clone(node.children[1] as TreeNode))),
  );
  const none = egisso('10.20.I', '1.0.1', 'response', 'data/Message');
  refuses('Latin letters in the words that stand for an answer', none, 'data/Message', text('none'));

  const person = 'elements/createAssignmentFact/mszReceiver/person';
  const granted = egisso('10.36.S', '2.0.0', 'assignmentFactRequest', person);
  refuses('Male for M', granted, `${person}/gender`, text('Male'));
  refuses('an edit after a thousand', granted, 'elements', (node) => repeatFirst(node, 1001));
  const card = 'elements/editAssignmentFact/nationalPaymentInstrument';
  const edited = egisso('10.36.S', '2.0.0', 'assignmentFactRequest', card);
  refuses('a card of fifteen digits', edited, card, text('1'.repeat(15)));
});

/** That marked places exist at all, `marks.test.ts` judges; a SNILS path that leads nowhere would leave the person out of the index. */
describe('persons of the EGISSO formats', () => {
  const formats = catalogue().data.formats.filter((f) => f.family === 'egisso' && f.persons.length > 0 && f.entry);
  for (const format of formats) {
    it(`${format.id} ${format.version}: each person's SNILS is found in the documents its schema describes`, () => {
      const persons = new Set(format.persons);
      for (const { xml } of validDocuments(join(repository, 'xsd', format.entry ?? ''), 40, seed)) {
        const tree = treeOf(xml);
        const entry = catalogue().find(tree.namespaceOf(tree.root), tree.localNameOf(tree.root));
        for (const person of entry ? persons : []) {
          const alone = { ...entry!, format: { ...format, persons: [person] } };
          if (personSpans(alone, tree, tree.root).some(({ snils }) => snils !== undefined)) persons.delete(person);
        }
      }
      expect([...persons]).to.deep.equal([]);
    });
  }
});

function egisso(id: string, version: string, root: string, holding?: string): Fixture {
  return fixture(`xsd/egisso/${id}/${version}/${id}.xsd`, root, holding);
}

function text(value: string): (node: TreeNode) => unknown {
  return (node) => Object.assign(node, { text: value });
}

function rename(local: string): (node: TreeNode) => unknown {
  return (node) => Object.assign(node, { local });
}

function takes(what: string, { judge, tree }: Fixture, path: string, change: (node: TreeNode) => unknown): void {
  it(what, () => {
    const copy = clone(tree);
    change(nodeAt(copy, path));
    expect(judge(serialize(copy))).to.equal(undefined);
  });
}
