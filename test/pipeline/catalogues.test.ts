import { expect } from 'chai';
import { Catalogues } from '../../src/pipeline/index.js';

const builtIn = { formats: [], schemas: { 'built-in.xsd': '1' } };
const bytes = Buffer.from(JSON.stringify({ formats: [], schemas: { 'p.xsd': '2' } }));

describe('catalogues of snapshots', () => {
  it('are one object for as long as snapshots say the same of formats', async () => {
    const catalogues = new Catalogues(builtIn, async () => undefined);
    expect(await catalogues.of({})).to.equal(await catalogues.of({ published: [] }));
    expect(await catalogues.of({ lifeCycles: { 'urn:x': { state: 'retired' } } })).not.to.equal(
      await catalogues.of({}),
    );
  });

  it('read a package from the store once', async () => {
    let reads = 0;
    const catalogues = new Catalogues(builtIn, async () => {
      reads++;
      return bytes;
    });
    expect(Object.keys((await catalogues.of({ published: ['p'] })).data.schemas)).to.have.members([
      'built-in.xsd',
      'p.xsd',
    ]);
    await catalogues.of({});
    await catalogues.of({ published: ['p'] });
    expect(reads).to.equal(1);
  });

  it('take a package that is about to be written from the change itself', async () => {
    const catalogues = new Catalogues(builtIn, async () => undefined);
    const made = await catalogues.of({ published: ['p'] }, [{ hash: 'p', bytes }]);
    expect(made.data.schemas['p.xsd']).to.equal('2');
  });

  it('stop where the store has lost a package: that is no catalogue to judge by', async () => {
    const wrong = await new Catalogues(builtIn, async () => undefined).of({ published: ['p'] }).catch(String);
    expect(wrong).to.match(/lost the format package p/);
  });
});
