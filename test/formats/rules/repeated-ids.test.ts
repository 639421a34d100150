import { expect } from 'chai';
import { EVENT_UUID, FACT_UUID } from '../sample.js';
import { judgeFacts, told } from './judged.js';

describe('rule repeated-ids', () => {
  it('is content when each record has an id of its own', () => expect(judgeFacts('repeated-ids')).to.deep.equal([]));

  it('reports the second record of an id, in whatever letters it is written', () =>
    expect(told(judgeFacts('repeated-ids', [EVENT_UUID, FACT_UUID.toUpperCase()]))).to.deep.equal([
      `1 Идентификатор ${FACT_UUID.toUpperCase()} повторяется в пакете`,
    ]));
});
