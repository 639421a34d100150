import type { PartnerAnswer } from '../../src/ports/index.js';
import { leaf, type Written, writeXml } from '../kit/index.js';
import type { AccountJson, FundAnswer, MonthJson, NamesJson, PaperJson, PartJson, PlaceJson } from './fund-api.js';
import { FORMATS, PAPERS, PARTS } from './namespaces.js';
import { digitsOf } from './snils.js';

type Of<Kind extends FundAnswer['kind']> = Extract<FundAnswer, { kind: Kind }>;

/** The fund's answer as the answer to the message it belongs to; of which format that was, the fund has kept. */
export function answerToXml(answer: FundAnswer): PartnerAnswer {
  switch (answer.kind) {
    case 'accounts':
      return answer.format === FORMATS.byData ? byDataAnswer(answer) : byParticularsAnswer(answer);
    case 'check':
      return answered('SnilsValidationResponse', answer.format, { 't:Result': String(answer.belongs) });
    case 'experience':
      return experienceAnswer(answer);
    case 'payments':
      return paymentsAnswer(answer);
    case 'refused':
      return rejected('UNKNOWN_REQUEST_DESCRIPTION', answer.why);
  }
}

/** One person with the SNILS; of several, what tells them apart. */
function byDataAnswer({ format, accounts }: Of<'accounts'>): PartnerAnswer {
  const [first, ...more] = accounts;
  if (first === undefined) return nobody();
  const isOne = more.length === 0;
  return answered('SnilsByDataResponse', format, {
    ...names(first),
    ...(isOne ? { 't:Snils': digitsOf(first.snils) } : {}),
    't:Gender': gender(first),
    't:BirthDate': first.born,
    ...(isOne ? {} : { 't:TwinData': accounts.map(twin) }),
  });
}

/** The answer has room for one person: several are none, with the advice to say more. */
function byParticularsAnswer({ format, accounts }: Of<'accounts'>): PartnerAnswer {
  const [found, ...more] = accounts;
  if (found === undefined) return nobody();
  if (more.length > 0) {
    const advice = 'уточните место рождения или документ';
    return rejected('NO_DATA', `Указанным данным соответствует несколько лиц (${accounts.length}): ${advice}`);
  }
  return answered('SnilsByAdditionalDataResponse', format, {
    ...names(found),
    't:Snils': digitsOf(found.snils),
    't:BirthDate': found.born,
    't:Gender': gender(found),
    't:BirthPlace': place(found.place),
    ...paper(found.paper),
  });
}

function experienceAnswer({ format, onDay, account, experience }: Of<'experience'>): PartnerAnswer {
  if (account === undefined) return nobody();
  const digits = (value: number) => String(Math.min(value, 99)).padStart(2, '0');
  const duration = experience && {
    't:Year': digits(experience.years),
    't:Month': digits(experience.months),
    't:Day': digits(experience.days),
  };
  return answered('WorkExperienceResponse', format, {
    ...names(account),
    't:Snils': digitsOf(account.snils),
    't:BirthDate': account.born,
    't:OszDate': onDay,
    ...(duration && { 't:ExperienceDuration': duration }),
  });
}

/** An empty answer is the format's own word for a person who is not known. */
function paymentsAnswer({ format, account, from, months, actualOn, paid }: Of<'payments'>): PartnerAnswer {
  if (account === undefined) return answered('BapForPeriodResponse', format, {});
  return answered('BapForPeriodResponse', format, {
    ...names(account),
    'b:Snils': digitsOf(account.snils),
    'b:BirthDate': account.born,
    'b:Gender': gender(account),
    'b:ActualDate': actualOn,
    'b:ExistData': String(paid.length > 0),
    'b:BeginPeriod': from,
    'b:NumberOfMonths': String(months),
    ...(paid.length > 0 ? { 'b:MonthlyPayments': { 'b:MonthlyPayment': paid.map(month) } } : {}),
  });
}

function month(paid: MonthJson): Written {
  return {
    'b:Year': String(paid.year).padStart(4, '0'),
    'b:Month': `--${String(paid.month).padStart(2, '0')}`,
    'b:TotalPaymentsSum': paid.total,
    'b:NumberOfPayments': String(paid.payments.length),
    'b:Payments': {
      'b:Payment': paid.payments.map((payment) => {
        const details = payment.parts.map(part);
        return { ...part(payment), ...(details.length > 0 ? { 'b:PaymentDetail': details } : {}) };
      }),
    },
  };
}

function part({ type, ground, sum }: PartJson): Written {
  return { 'b:Type': type, ...leaf('b:Base', ground), 'b:Sum': sum };
}

function twin(account: AccountJson): Written {
  return { 't:Snils': digitsOf(account.snils), 't:BirthPlace': place(account.place), ...paper(account.paper) };
}

function names({ surname, forename, patronymic }: NamesJson): Written {
  return { 's:FamilyName': surname, 's:FirstName': forename, ...leaf('s:Patronymic', patronymic) };
}

function gender({ sex }: AccountJson): string {
  return sex === 'M' ? 'Male' : 'Female';
}

function place({ type, settlement, district, region, country }: PlaceJson): Written {
  return {
    'p:PlaceType': type,
    'p:Settlement': settlement,
    ...leaf('p:District', district),
    ...leaf('p:Region', region),
    ...leaf('p:Country', country),
  };
}

function paper({ type, series, number, issued, issuer }: PaperJson): Written {
  const said = { ...leaf('s:Series', series), 's:Number': number, 's:IssueDate': issued, 's:Issuer': issuer };
  return PAPERS.includes(type)
    ? { [`s:${type}`]: said }
    : { 'p:PfrIdentificationDocument': { 'p:Type': type, 'p:Document': said } };
}

function answered(root: string, format: string, content: Written): PartnerAnswer {
  const written = writeXml(`t:${root}`, {
    '@xmlns:t': format,
    '@xmlns:s': PARTS.smev,
    '@xmlns:p': PARTS.pfr,
    '@xmlns:b': PARTS.benefits,
    ...content,
  });
  return { kind: 'answered', content: written, attachments: [] };
}

function nobody(): PartnerAnswer {
  return rejected('NO_DATA', 'Сведения о лице с указанными данными не найдены');
}

/** As the fund publishes its refusals: the code opens the text too. */
function rejected(code: 'NO_DATA' | 'UNKNOWN_REQUEST_DESCRIPTION', text: string): PartnerAnswer {
  return { kind: 'rejected', code, description: `${code}: ${text}` };
}
