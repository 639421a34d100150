import { child, dayIn, type Node, textIn, tokenIn } from '../kit/index.js';
import type { NamesJson, PaperJson, PlaceJson } from './fund-api.js';
import { PAPERS } from './namespaces.js';
import { withHyphens } from './snils.js';

/** Requests already valid under their schemas, as the fund takes them. */
export function byDataFromXml(request: Node) {
  return { ...namesFrom(request), sex: sexFrom(request) ?? '', born: day(request, 'BirthDate') };
}

export function byParticularsFromXml(request: Node) {
  const place = child(request, 'BirthPlace');
  const paper = paperFrom(request);
  return { ...byDataFromXml(request), ...(place && { place: placeFrom(place) }), ...(paper && { paper }) };
}

/** Sex and birth date may be absent: what is not said is not compared. */
export function validationFromXml(request: Node) {
  const [sex, born] = [sexFrom(request), dayIn(request, 'BirthDate')];
  return { ...namesFrom(request), snils: snilsFrom(request), ...(sex && { sex }), ...(born && { born }) };
}

export function experienceFromXml(request: Node) {
  const [born, onDay] = [day(request, 'BirthDate'), day(request, 'OszDate')];
  return { ...namesFrom(request), snils: snilsFrom(request), born, onDay };
}

export function paymentsFromXml(request: Node) {
  const months = Number(tokenIn(request, 'NumberOfMonths'));
  return { ...byDataFromXml(request), snils: snilsFrom(request), from: day(request, 'BeginPeriod'), months };
}

function namesFrom(node: Node): NamesJson {
  const patronymic = textIn(node, 'Patronymic');
  return {
    surname: textIn(node, 'FamilyName') ?? '',
    forename: textIn(node, 'FirstName') ?? '',
    ...(patronymic === undefined ? {} : { patronymic }),
  };
}

function sexFrom(node: Node): 'M' | 'F' | undefined {
  const gender = tokenIn(node, 'Gender');
  return gender === undefined ? undefined : gender === 'Male' ? 'M' : 'F';
}

function placeFrom(node: Node): PlaceJson {
  const part = (key: string, name: string) => {
    const text = textIn(node, name);
    return text === undefined ? {} : { [key]: text };
  };
  return {
    type: textIn(node, 'PlaceType') ?? '',
    settlement: textIn(node, 'Settlement') ?? '',
    ...part('district', 'District'),
    ...part('region', 'Region'),
    ...part('country', 'Country'),
  };
}

/** The one identity document of the request, whichever of the elements it is. */
function paperFrom(request: Node): PaperJson | undefined {
  const other = child(request, 'PfrIdentificationDocument');
  if (other) return paper(textIn(other, 'Type') ?? '', child(other, 'Document') ?? {});
  const type = PAPERS.find((name) => child(request, name));
  return type === undefined ? undefined : paper(type, child(request, type) ?? {});
}

function paper(type: string, node: Node): PaperJson {
  const series = textIn(node, 'Series');
  return {
    type,
    ...(series === undefined ? {} : { series }),
    number: textIn(node, 'Number') ?? '',
    issued: day(node, 'IssueDate'),
    issuer: textIn(node, 'Issuer') ?? '',
  };
}

function snilsFrom(node: Node): string {
  return withHyphens(tokenIn(node, 'Snils') ?? '');
}

/** What the schema requires is there; the empty text stands for a document nobody validated. */
function day(node: Node, name: string): string {
  return dayIn(node, name) ?? '';
}
