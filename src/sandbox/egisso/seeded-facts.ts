import type { Fact, Person } from './api.js';

/** A made-up person: the surname says so, the SNILS has a right control number and belongs to the test range or to the rule's own example. */
function synthetic(snils: string, firstName: string, gender: 'Male' | 'Female', birthDate: string): Person {
  return { snils, familyName: gender === 'Male' ? 'Вымышленный' : 'Вымышленная', firstName, gender, birthDate };
}

/** The person of the published 10.13.I 2.0.0 answer: the sample gives one SNILS two dates of birth. */
function ofSample(birthDate: string): Person {
  return { snils: '11737784886', familyName: 'Иванов', firstName: 'Иван', gender: 'Male', birthDate };
}

const NO_CRITERIA = { used: false, codes: [] };

/** Fact uuid → fact: the two of the published answer, then synthetic ones; 11223344595 is the person of the demonstration. */
export const SEEDED_FACTS: Readonly<Record<string, Fact>> = {
  '5eed0000-0000-4000-8000-000000000001': {
    oszCode: '0036.000006',
    receiver: ofSample('2019-03-01'),
    reasonPersons: [],
    lmszId: '6d0cf0a4-5b0e-4c52-8f0e-7f1d2a440444',
    categoryId: '0a7d5c1e-91c5-4a0d-8a55-2e4f10000029',
    decisionDate: '2019-03-18',
    dateStart: '2019-03-19',
    criteria: NO_CRITERIA,
    assignment: { form: '01', amount: '2000.00' },
  },
  '5eed0000-0000-4000-8000-000000000002': {
    oszCode: '0036.000002',
    receiver: ofSample('2019-03-04'),
    reasonPersons: [],
    lmszId: '6d0cf0a4-5b0e-4c52-8f0e-7f1d2a440506',
    categoryId: '0a7d5c1e-91c5-4a0d-8a55-2e4f11010400',
    decisionDate: '2019-03-18',
    dateStart: '2019-03-20',
    criteria: NO_CRITERIA,
    assignment: { form: '01', amount: '100.00' },
  },
  '5eed0000-0000-4000-8000-000000000003': {
    oszCode: '0001.000001',
    receiver: synthetic('11223344595', 'Мария', 'Female', '1985-04-12'),
    reasonPersons: [],
    lmszId: '4ae1c390-523c-4462-b90c-75ecc7ae9bc3',
    categoryId: 'c7f2e5fe-c1ae-49fc-9985-ad3ff31da8f9',
    decisionDate: '2019-06-03',
    dateStart: '2019-07-01',
    criteria: { used: true, codes: ['000001'] },
    assignment: { form: '01', amount: '3500.00' },
  },
  '5eed0000-0000-4000-8000-000000000004': {
    oszCode: '0001.000001',
    receiver: synthetic('90000000182', 'Анна', 'Female', '1990-02-28'),
    reasonPersons: [{ person: synthetic('90000000283', 'Пётр', 'Male', '2018-08-01'), kinshipTypeCode: '0411011' }],
    lmszId: '4ae1c390-523c-4462-b90c-75ecc7ae9bc3',
    categoryId: 'c7f2e5fe-c1ae-49fc-9985-ad3ff31da8f9',
    decisionDate: '2020-01-15',
    dateStart: '2020-02-01',
    dateFinish: '2036-08-01',
    criteria: { used: true, codes: ['000001', '000002'] },
    assignment: { form: '01', amount: '14506.00' },
  },
  '5eed0000-0000-4000-8000-000000000005': {
    oszCode: '0001.000001',
    receiver: synthetic('90000000384', 'Степан', 'Male', '1941-11-30'),
    reasonPersons: [],
    lmszId: 'b3b1f2de-20c5-4d1b-9d8c-5a0000000002',
    categoryId: 'b3b1f2de-20c5-4d1b-9d8c-5a00000000c2',
    decisionDate: '2021-03-10',
    dateStart: '2021-04-01',
    dateFinish: '2021-12-31',
    criteria: { used: true, codes: ['000002'] },
    assignment: { form: '02', amount: '2', okeiCode: '796', equivalentAmount: '1800.00', content: 'Набор продуктов' },
  },
};
