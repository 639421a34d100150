import type { Measure } from './dictionaries.js';

/** Bodies that the operator's published samples name; titles of the first and last are ours. */
export const BODIES: readonly (readonly [code: string, title: string])[] = [
  ['0001.000001', 'управление социальной защиты населения (песочница)'],
  ['0036.000002', 'управление социальной защиты населения по Локтевскому району'],
  ['0036.000006', 'управление социальной защиты населения по Егорьевскому району'],
  ['3611.000001', 'орган, запрашивающий сведения (песочница)'],
];

export const CRITERIA: readonly (readonly [code: string, title: string])[] = [
  ['000001', 'Среднедушевой доход семьи ниже величины прожиточного минимума'],
  ['000002', 'Доход получателя ниже величины прожиточного минимума'],
  ['000003', 'Расходы на жилое помещение выше предельной доли дохода семьи'],
];

/** Local measures the samples and the demonstration need. The first two appear in a published 10.13.I answer by title only: their ids are ours. */
export const MEASURES: readonly Measure[] = [
  {
    lmszId: '6d0cf0a4-5b0e-4c52-8f0e-7f1d2a440444',
    title:
      'Ежемесячная денежная выплата при рождении 3 ребенка или последующих детей до достижения ребенком возраста 3-х лет',
    kmszCode: '0444.07000029.01.0010.01.030701',
    validFrom: '2014-07-01',
    form: '01',
    periodicity: '01',
    categories: new Map([
      ['0a7d5c1e-91c5-4a0d-8a55-2e4f10000029', 'Женщины, родившие (усыновившие) третьего, либо последующего ребенка'],
    ]),
    npas: [
      {
        date: '2014-06-11',
        number: '80',
        name: 'Об утверждении Положения о назначении и выплате ежемесячной денежной выплаты при рождении третьего',
      },
    ],
    criteria: new Set(['000001']),
  },
  {
    lmszId: '6d0cf0a4-5b0e-4c52-8f0e-7f1d2a440506',
    title: 'Компенсация расходов оплаты по услуге техобслуживание ГО',
    kmszCode: '0506.11010400.01.0010.01.030501',
    validFrom: '2005-01-01',
    form: '01',
    periodicity: '05',
    categories: new Map([
      ['0a7d5c1e-91c5-4a0d-8a55-2e4f11010400', 'Труженник тыла(раб.в тылу 22.06.41 - 09.05.45 не менее 6мес.)'],
    ]),
    npas: [{ date: '2004-12-03', number: '61-ЗС', name: 'О мерах социальной поддержки отдельных категорий ветеранов' }],
    criteria: new Set(),
  },
  {
    lmszId: '4ae1c390-523c-4462-b90c-75ecc7ae9bc3',
    title: 'Ежемесячное пособие нуждающейся семье (песочница)',
    kmszCode: '0101.07000029.02.0110.01.010101',
    validFrom: '2019-06-01',
    form: '01',
    periodicity: '01',
    categories: new Map([['c7f2e5fe-c1ae-49fc-9985-ad3ff31da8f9', 'Нуждающаяся семья с ребёнком (песочница)']]),
    npas: [{ date: '2019-05-20', number: '1-П', name: 'О мерах поддержки нуждающихся семей (песочница)' }],
    criteria: new Set(['000001', '000002']),
  },
  {
    lmszId: 'b3b1f2de-20c5-4d1b-9d8c-5a0000000002',
    title: 'Набор продуктов питания (песочница)',
    kmszCode: '0202.07000029.02.0110.02.010102',
    validFrom: '2019-01-01',
    validTo: '2024-12-31',
    form: '02',
    periodicity: '03',
    categories: new Map([['b3b1f2de-20c5-4d1b-9d8c-5a00000000c2', 'Одиноко проживающий гражданин (песочница)']]),
    npas: [],
    criteria: new Set(['000002']),
  },
];
