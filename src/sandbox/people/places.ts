import type { Draws } from './draws.js';
import type { BirthPlace } from './person.js';

export interface Region {
  readonly name: string;
  /** First two digits of a passport's series (OKATO). */
  readonly okato: string;
  /** Letters of the series of birth certificates. */
  readonly letters: string;
}

export const REGIONS: readonly Region[] = [
  { name: 'ГОРОД МОСКВА', okato: '45', letters: 'МЮ' },
  { name: 'ГОРОД САНКТ-ПЕТЕРБУРГ', okato: '40', letters: 'АК' },
  { name: 'МОСКОВСКАЯ ОБЛАСТЬ', okato: '46', letters: 'ИК' },
  { name: 'РЕСПУБЛИКА ТАТАРСТАН', okato: '92', letters: 'КБ' },
  { name: 'СВЕРДЛОВСКАЯ ОБЛАСТЬ', okato: '65', letters: 'АИ' },
  { name: 'НОВОСИБИРСКАЯ ОБЛАСТЬ', okato: '50', letters: 'ЕТ' },
  { name: 'РОСТОВСКАЯ ОБЛАСТЬ', okato: '60', letters: 'АН' },
  { name: 'КРАСНОЯРСКИЙ КРАЙ', okato: '04', letters: 'БА' },
];

/** No such places exist. */
const SETTLEMENTS = ['ВЫМЫШЛЕНСК', 'ПЕСОЧИНСК', 'НЕБЫВАЛОВО', 'ПРИДУМКИНО', 'МАКЕТОВО', 'ПОНАРОШКИНО', 'УСЛОВСК'];
const DISTRICTS = ['ВЫМЫШЛЕННЫЙ', 'ПЕСОЧНЫЙ', 'УСЛОВНЫЙ', 'МАКЕТНЫЙ', 'УЧЕБНЫЙ'];

export function birthPlace(draws: Draws, region: Region): BirthPlace {
  return {
    placeType: 'СТАНДАРТНОЕ',
    settlement: draws.one(SETTLEMENTS),
    district: draws.one(DISTRICTS),
    region: region.name,
    country: 'РФ',
  };
}
