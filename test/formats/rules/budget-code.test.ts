import { expect } from 'chai';
import { judgeSample } from './judged.js';

describe('rule budget-code', () => {
  const code = (value: string) => ['00000000000000000000</LMSZ:KBKCode>', `${value}</LMSZ:KBKCode>`] as const;

  it('is content with digits, and with a letter in the target article', () => {
    expect(judgeSample('10.05.I 2.1.0', 'budget-code')).to.deep.equal([]);
    expect(judgeSample('10.05.I 2.1.0', 'budget-code', code('1481003032R084031300'.slice(0, 20)))).to.deep.equal([]);
  });

  it('reports a letter anywhere else under the published code 022', () =>
    expect(judgeSample('10.05.I 2.1.0', 'budget-code', code('FF000000000000000000'))).to.deep.equal([
      {
        record: '00000000-0000-4000-8000-000000000002',
        type: 1,
        code: '022',
        report: 'Указан некорректный код КБК FF000000000000000000',
      },
    ]));
});
