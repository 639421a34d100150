import { expect } from 'chai';
import type { Checked } from '../../../src/pipeline/known.js';
import { isRefusal } from '../../../src/pipeline/stage.js';
import { checkPurpose } from '../../../src/pipeline/stages/check-purpose.js';
import type { World } from '../../../src/pipeline/world.js';
import { treeOf } from '../../formats/sample.js';

const PLACE = { each: 'ask/part', service: 's', norm: 'n', official: 'o' };
const WHOLE = '<s>a</s><n>b</n><o>c</o>';

describe('a right that demands a purpose', () => {
  const refusalOf = (content: string) => {
    const tree = treeOf(`<ask xmlns="urn:x">${content}</ask>`);
    const known = {
      tree,
      data: { kind: 'request', content: tree.root },
      entry: { root: { namespace: 'urn:x', local: 'ask' }, format: { purpose: PLACE } },
      caller: { participant: { mnemonic: 'A' } },
      at: 0,
    };
    const answer = checkPurpose(
      known as unknown as Checked,
      { directory: { needsPurpose: () => true } } as unknown as World,
    );
    return isRefusal(answer) ? answer.refused.description : undefined;
  };

  it('takes a request whose every part names it', () => {
    expect(refusalOf(`<part>${WHOLE}</part><part>${WHOLE}</part>`)).to.equal(undefined);
  });

  it('names what a part lacks', () => {
    expect(refusalOf(`<part>${WHOLE}</part><part><s>a</s><o>c</o></part>`)).to.match(/ask\/part\[2\]: n$/);
  });

  it('is not met by a request in which the declared place finds no part', () => {
    expect(refusalOf(`<other>${WHOLE}</other>`)).to.match(/не указано: ask\/part$/);
  });
});
