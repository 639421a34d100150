import { expect } from 'chai';
import { RULES, rulesFor, runRules } from '../../../src/formats/index.js';
import { findingOf } from '../../../src/formats/rules/rule.js';
import {
  catalogue,
  changed,
  FACTS_DOCUMENT,
  factsEntry,
  rootOf,
  STATEMENT_REQUEST,
  statementEntry,
  treeOf,
} from '../sample.js';
import { CONTEXT } from './judged.js';

describe('business rules', () => {
  it('find nothing in valid documents of 10.06.S 1.1.0 and 10.13.I 2.0.0', () => {
    for (const [entry, xml] of [
      [factsEntry(), FACTS_DOCUMENT],
      [statementEntry(), STATEMENT_REQUEST],
    ] as const) {
      const all = { ...entry, format: { ...entry.format, rules: { gateway: RULES.map((r) => r.id), registry: [] } } };
      const tree = treeOf(xml);
      expect(runRules(all, tree, tree.root, CONTEXT)).to.deep.equal([]);
    }
  });

  it('run only where the format declares them: what only the registry can know is not claimed', () => {
    const none = {
      ...factsEntry(),
      format: { ...factsEntry().format, rules: { gateway: [], registry: ['own-facts'] } },
    };
    expect(rulesFor(none)).to.deep.equal([]);
    expect(rulesFor(factsEntry()).map((r) => r.id)).to.include('own-facts');
  });

  it('never judge an answer', () => {
    const answer = catalogue().find('urn://egisso-ru/msg/10.13.I/2.0.0', 'responsePackage')!;
    const tree = treeOf(STATEMENT_REQUEST);
    expect(runRules(answer, tree, tree.root, CONTEXT)).to.deep.equal([]);
  });

  it('report on each record by itself', () => {
    const fact = FACTS_DOCUMENT.match(/<p:fact>[\s\S]*<\/p:fact>/)![0];
    const other = ['<f:dateStart>2024-06-01', '<f:dateStart>2024-07-01'] as const;
    const second = changed(fact, ['d5c4e3f2-', 'd5c4e3f3-'], ['0542.000017', '0542.000019'], other);
    const tree = treeOf(changed(FACTS_DOCUMENT, [fact, fact + second]));
    const found = runRules(factsEntry(), tree, tree.root, CONTEXT);
    expect(found.map((f) => f.record)).to.deep.equal(['d5c4e3f3-0b5e-11ef-9262-0242ac120002']);
  });

  it('judge the fact inside a correction of errors under the id of the event', () => {
    const fact = FACTS_DOCUMENT.match(/<p:fact>[\s\S]*<\/p:fact>/)![0];
    const inner = changed(
      fact,
      ['11223344595', '11223344594'],
      ['<p:uuid>d5c4e3f2-0b5e-11ef-9262-0242ac120002</p:uuid>', ''],
    );
    const event = `<p:alterationBasedOnPreviousErrors><p:uuid>a-1</p:uuid><p:assignmentFactUuid>b</p:assignmentFactUuid>${inner}</p:alterationBasedOnPreviousErrors>`;
    const tree = treeOf(changed(FACTS_DOCUMENT, [fact, event]));
    expect(runRules(factsEntry(), tree, tree.root, CONTEXT).map((f) => f.record)).to.deep.equal(['a-1']);
  });

  it('keep a report within the protocol’s 500 characters', () => {
    const element = rootOf('<a/>');
    const record = { id: '1', element, body: element, shape: {}, persons: [] };
    expect(findingOf(RULES[0]!, { record, text: 'я'.repeat(600) }).report).to.have.length(500);
  });

  it('have ids of their own', () => expect(new Set(RULES.map((r) => r.id))).to.have.property('size', RULES.length));
});
