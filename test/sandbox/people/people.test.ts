import { expect } from 'chai';
import {
  isSyntheticSnils,
  PEOPLE_AS_OF,
  PEOPLE_PER_HOUSEHOLD,
  peopleOf,
  personOf,
  type SyntheticPerson,
  snilsWith,
  yearsAfter,
} from '../../../src/sandbox/people/index.js';

const COUNT = 4_000;
const SEEDS = [1, 2, 77];

/** As the rule has it, written once more: places from the end times digits, modulo 101, two digits. */
function controlOf(snils: string): string {
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += Number(snils.charAt(i)) * (9 - i);
  const rest = sum % 101;
  return rest === 100 ? '00' : String(rest).padStart(2, '0');
}

describe('synthetic people', () => {
  it('know the control numbers of SNILS that the rule gives as examples', () => {
    for (const snils of ['11223344595', '05686067192', '64003696972', '71648202795'])
      expect(snilsWith(Number(snils.slice(0, 9)))).to.equal(snils);
  });

  for (const seed of SEEDS) {
    describe(`seed ${seed}, the first ${COUNT}`, () => {
      const people = [...peopleOf(seed, COUNT)];
      const by = (index: number) => people[index] as SyntheticPerson;

      it('are the same whoever asks, one by one or all together', () => {
        for (const index of [0, 7, 8, 333, 1_999, 3_999]) expect(personOf(seed, index)).to.deep.equal(by(index));
        expect(people.map((p) => p.index)).to.deep.equal([...people.keys()]);
      });

      it('are marked: a surname of the pool, a SNILS of the block, with a right control number, nobody’s else', () => {
        for (const p of people) {
          expect(p.synthetic).to.equal(true);
          expect(isSyntheticSnils(p.snils)).to.equal(true);
          expect(p.snils.slice(9)).to.equal(controlOf(p.snils));
        }
        expect(new Set(people.map((p) => p.snils)).size).to.equal(COUNT);
        expect(new Set(people.map((p) => p.familyName)).size).to.be.lessThan(40);
      });

      it('have names by their sex, and patronymics by their father', () => {
        for (const p of people) {
          expect(p.familyName).to.match(p.gender === 'Male' ? /(ый|[иы]н|[ое]в)$/ : /(ая|[иы]на|[ое]ва)$/);
          expect(p.patronymic).to.match(p.gender === 'Male' ? /ич$/ : /на$/);
          const father = p.parents.map(by).find((one) => one.gender === 'Male');
          if (father) expect(p.patronymic.charAt(0)).to.equal(father.firstName.charAt(0));
        }
      });

      it('have families whose dates fit', () => {
        for (const p of people) {
          for (const parent of p.parents.map(by)) {
            expect(parent.children).to.include(p.index);
            expect(yearsAfter(parent.birthDate, 18) < p.birthDate, `${parent.index} → ${p.index}`).to.equal(true);
            if (parent.gender === 'Female') expect(yearsAfter(parent.birthDate, 45) > p.birthDate).to.equal(true);
          }
          if (p.spouse === undefined) continue;
          const spouse = by(p.spouse.index);
          expect(spouse.spouse).to.deep.equal({ index: p.index, since: p.spouse.since });
          expect(spouse.gender).to.not.equal(p.gender);
          expect(yearsAfter(p.birthDate, 18) <= p.spouse.since, `${p.index} at ${p.spouse.since}`).to.equal(true);
          for (const child of p.children) expect(by(child).birthDate > p.spouse.since).to.equal(true);
          if (p.gender === 'Female') expect(p.maidenName).to.be.a('string');
        }
      });

      it('have documents of their age and region', () => {
        for (const p of people) {
          const [held, ...more] = p.documents;
          const isGrown = yearsAfter(p.birthDate, 14) <= PEOPLE_AS_OF;
          expect(held.kind).to.equal(isGrown ? 'PassportRF' : 'BirthCertificate');
          expect(more.length).to.equal(isGrown ? 1 : 0);
          for (const d of p.documents) {
            expect(d.issueDate > p.birthDate && d.issueDate <= dayOr(p, d.kind)).to.equal(true);
            expect(d.number).to.match(/^\d{6}$/);
            if (d.kind === 'PassportRF')
              expect(d.series)
                .to.match(/^\d{4}$/)
                .and.to.match(new RegExp(`${d.issueDate.slice(2, 4)}$`));
            else expect(d.series).to.match(/^[IVX]+-[А-Я]{2}$/);
          }
        }
      });

      it('work one job after another, grown up', () => {
        const worked = people.filter((p) => p.work.length > 0);
        expect(worked.length).to.be.greaterThan(COUNT / 2);
        for (const p of worked) {
          let free = yearsAfter(p.birthDate, 18);
          for (const { begin, end = PEOPLE_AS_OF } of p.work) {
            expect(begin >= free && begin < end && end <= PEOPLE_AS_OF, `${p.index} ${begin} ${end}`).to.equal(true);
            free = end;
          }
        }
      });

      it('are disabled now and then, a child by the group of children', () => {
        const disabled = people.flatMap((p) => (p.disability ? [{ p, d: p.disability }] : []));
        expect(disabled.length).to.be.within(COUNT / 25, COUNT / 8);
        for (const { p, d } of disabled) {
          expect(d.group === '4').to.equal(yearsAfter(p.birthDate, 18) > d.begin);
          expect((d.end ?? '9999') > d.begin).to.equal(true);
        }
      });

      it('have doubles: the same names, sex and birth date, all the rest their own; nobody else has', () => {
        const doubles = people.filter((p) => p.twin !== undefined);
        expect(doubles.length).to.equal(COUNT / PEOPLE_PER_HOUSEHOLD / 2);
        const key = (p: SyntheticPerson) => [p.familyName, p.firstName, p.patronymic, p.gender, p.birthDate].join('|');
        for (const p of doubles) {
          const twin = by(p.twin as number); // doubles were filtered by it
          expect(key(twin)).to.equal(key(p));
          expect(twin.snils).to.not.equal(p.snils);
          expect(twin.documents[0]).to.not.deep.equal(p.documents[0]);
        }
        expect(new Set(people.map(key)).size).to.equal(COUNT - doubles.length / 2);
      });
    });
  }

  it('differ from seed to seed', () => {
    expect(personOf(1, 6).familyName + personOf(1, 6).birthDate).to.not.equal(
      personOf(2, 6).familyName + personOf(2, 6).birthDate,
    );
    expect(() => personOf(1, 1_000_000)).to.throw(RangeError);
    expect(() => personOf(1, -1)).to.throw(RangeError);
  });
});

function dayOr(p: SyntheticPerson, kind: string): string {
  return kind === 'PassportRF' || yearsAfter(p.birthDate, 1) <= PEOPLE_AS_OF
    ? PEOPLE_AS_OF
    : yearsAfter(p.birthDate, 1);
}
