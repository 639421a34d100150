import { expect } from 'chai';
import { REQUEST_UID } from '../sample.js';
import { judgeFacts, judgeRequest, told } from './judged.js';

describe('rule dates-in-order', () => {
  it('is content with a valid document', () => expect(judgeFacts('dates-in-order')).to.deep.equal([]));

  it('lets an assignment begin and end on one day', () =>
    expect(judgeFacts('dates-in-order', ['2031-05-31', '2024-06-01'])).to.deep.equal([]));

  it('reports an end one day before the beginning', () => {
    expect(told(judgeFacts('dates-in-order', ['2031-05-31', '2024-05-31']))).to.deep.equal([
      '1 Дата начала действия назначения 01-06-2024 больше даты окончания действия назначения 31-05-2024',
    ]);
  });

  it('warns of a decision after the end it sets', () => {
    const found = judgeFacts('dates-in-order', ['2024-06-01<', '2024-05-01<'], ['2031-05-31', '2024-05-19']);
    expect(told(found)).to.deep.equal([
      '2 Дата решения о назначении 20-05-2024 больше даты окончания действия назначения 19-05-2024',
    ]);
  });

  it('drops the zone and keeps the day', () => {
    const zoned = [
      ['2024-06-01<', '2024-06-01+12:00<'],
      ['2031-05-31', '2024-06-01-11:00'],
    ] as const;
    expect(judgeFacts('dates-in-order', ...zoned)).to.deep.equal([]);
    expect(told(judgeFacts('dates-in-order', zoned[0], ['2031-05-31', '2024-05-31Z']))[0]).to.match(/31-05-2024$/);
  });

  it('reports a person born after the decision, and a document issued before birth', () => {
    expect(told(judgeFacts('dates-in-order', ['2019-07-15<', '2024-05-21<']))).to.deep.equal([
      '1 Дата рождения лица-основания 21-05-2024 больше даты решения о назначении 20-05-2024',
      '1 Дата рождения лица-основания 21-05-2024 больше даты выдачи документа, удостоверяющего личность, 20-07-2019',
    ]);
  });

  it('reports a document that ends before it begins', () =>
    expect(told(judgeFacts('dates-in-order', ['2033-07-15', '2019-07-19']))).to.deep.equal([
      '1 Дата начала действия документа 20-07-2019 больше даты окончания действия документа 19-07-2019',
    ]));

  it('reports a period of 10.13.I the wrong way round, on that request', () => {
    expect(judgeRequest('dates-in-order')).to.deep.equal([]);
    expect(judgeRequest('dates-in-order', ['2023-12-31', '2022-12-31'])).to.deep.equal([
      {
        record: REQUEST_UID,
        type: 1,
        report: 'Дата начала периода 01-01-2023 больше даты окончания периода 31-12-2022',
      },
    ]);
  });
});
