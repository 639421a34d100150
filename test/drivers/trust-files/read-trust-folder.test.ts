import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readTrustFolder, stateOfTrustFolder } from '../../../src/drivers/trust-files/index.js';

describe('the trust folder on disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'trust-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const put = (name: string, text: string) => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  };

  it('is empty where it is not', () => {
    const none = join(folder, 'none');
    expect(readTrustFolder(none)).to.deep.equal({
      roots: [],
      intermediates: [],
      lists: [],
      responses: [],
      skipped: [],
    });
    expect(stateOfTrustFolder(none)).to.equal('');
  });

  it('is read by place, in the order of names, without hidden files', () => {
    for (const name of [
      'roots/b.pem',
      'roots/a.crt',
      'roots/.c.tmp',
      'intermediates/d.der',
      'crl/e.crl',
      'ocsp/f.ors',
      'g',
    ])
      put(name, name);
    const found = readTrustFolder(folder);
    const names = (files: readonly { name: string }[]) => files.map((f) => f.name);
    expect(names(found.roots)).to.deep.equal(['roots/a.crt', 'roots/b.pem']);
    expect(names(found.intermediates)).to.deep.equal(['intermediates/d.der']);
    expect(names(found.lists)).to.deep.equal(['crl/e.crl']);
    expect(names(found.responses)).to.deep.equal(['ocsp/f.ors']);
    expect(Buffer.from(found.lists[0]!.content).toString()).to.equal('crl/e.crl');
  });

  it('has another state when a file comes, is replaced or goes', () => {
    put('crl/a.crl', '1');
    const states = [stateOfTrustFolder(folder)];
    put('crl/b.crl', '1');
    states.push(stateOfTrustFolder(folder));
    put('crl/.next', '2');
    renameSync(join(folder, 'crl/.next'), join(folder, 'crl/b.crl'));
    states.push(stateOfTrustFolder(folder));
    rmSync(join(folder, 'crl/a.crl'));
    states.push(stateOfTrustFolder(folder));
    expect(new Set(states).size).to.equal(4);
    expect(stateOfTrustFolder(folder)).to.equal(states[3]);
  });
});
