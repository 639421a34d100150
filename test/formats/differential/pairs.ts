import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export const repository = findRepository(import.meta.dirname);
export const reference = resolve(repository, '../shared/reference');
export const referencePresent = existsSync(reference);

/** Our schema and the published one that it must be equal to in verdict. */
export interface Pair {
  readonly name: string;
  readonly ours: string;
  readonly published: string;
  /** Beginnings of the file names of published samples, under reference/formats/samples. */
  readonly samples: readonly string[];
  /** Mistakes of the published text to put right before it compiles: what is written, what was meant. */
  readonly mended?: Readonly<Record<string, string>>;
}

export const pairs: readonly Pair[] = [
  egisso('10.13.I', '2.0.0', ['egisso/10.13.I-2.0.0']),
  egisso('10.06.S', '1.1.0', ['derived/10.06.S-1.1.0', 'egisso/10.06.S']),
  egisso('10.10.I', '1.0.3', ['pairs/10.06.S-1.0.6']),
  egisso('10.10.I', '1.0.4', ['egisso/10.10.I-1.0.4']),
  egisso('10.05.I', '2.1.0', ['egisso/10.05.I', 'pairs/10.05.I']),
  egisso('10.18.I', '1.0.1', ['egisso/10.18.I']),
  egisso('10.02.I', '1.0.3', []),
  egisso('10.13.I', '1.0.7', ['egisso/10.13.I']),
  egisso('10.06.S', '1.0.8', ['egisso/10.06.S', 'pairs/10.06.S']),
  egisso('10.06.S', '1.0.7', ['egisso/10.06.S', 'pairs/10.06.S']),
  egisso('10.07.I', '1.0.6', ['egisso/10.07.I']),
  egisso('10.11.I', '1.0.3', []),
  egisso('10.15.I', '1.0.4', []),
  egisso('10.22.I', '1.0.1', []),
  egisso('10.20.I', '1.0.1', []),
  egisso('10.23.I', '1.0.1', []),
  egisso('10.36.S', '2.0.0', []),
  ...['types', 'faults', 'basic'].map((part) => smev(part, '1.1')),
  ...['types', 'faults', 'basic', 'routing', 'directive'].map((part) => smev(part, '1.3')),
  named('pfr/snils-by-additionalData/1.0.1', 'egisso/snils-by-additionalData-1.0.1.xsd', ['pfr/SnilsByAdditional']),
  {
    ...named('pfr/snils-by-data/1.1.2', 'reconstructed/snils-by-data-1.1.2.xsd'),
    mended: { '../egisso/schema/schemas/': '../egisso/schemas/' },
  },
  named('pfr/work-experience/1.0.4', 'egisso/work-experience-1.0.4.xsd'),
  named('pfr/bap-for-period/1.0.1', 'pfr/bap-for-period/bap-for-period-1.0.1.xsd'),
  named('fri/extraction-invalid-data/1.0.3', 'reconstructed/extraction-invalid-data-1.0.3.xsd'),
  named('fri/initiative-distribution/1.0.2', 'egisso/initiative-distribution-1.0.2.xsd', ['fri/initiative']),
  named('esia/permissions_notify_gov_dep/1.0.2', 'egisso/schemas/permissions_notify_gov_dep_1_0_2.xsd'),
  egisso('10.01.O', '1.0.3', []),
  egisso('10.03.O', '1.0.1', []),
  egisso('10.28.O', '2.0.0', []),
  egisso('10.29.O', '2.0.0', []),
  egisso('10.30.O', '2.0.0', []),
  egisso('10.33.O', '1.0.1', []),
  egisso('10.39.O', '1.0.1', []),
  egisso('10.40.I', '1.1.0', []),
  egisso('10.43.I', '1.0.1', []),
  egisso('10.44.I', '1.0.0', []),
  {
    name: 'supplementary commons 1.0.1',
    ours: join(repository, 'xsd/smev/supplementary/commons-1.0.1.xsd'),
    published: join(reference, 'formats/schemas/egisso/schemas/smev3/smev-supplementary-commons-1.0.1.xsd'),
    samples: [],
  },
];

function named(ours: string, published: string, samples: readonly string[] = []): Pair {
  const [, id, version] = ours.split('/');
  return {
    name: `${id} ${version}`,
    ours: join(repository, `xsd/${ours}/${id}.xsd`),
    published: join(reference, `formats/schemas/${published}`),
    samples,
  };
}

function egisso(id: string, version: string, samples: readonly string[]): Pair {
  return {
    name: `${id} ${version}`,
    ours: join(repository, `xsd/egisso/${id}/${version}/${id}.xsd`),
    published: join(reference, `formats/schemas/egisso/${id}-${version}.xsd`),
    samples,
  };
}

function smev(part: string, version: string): Pair {
  const file = `smev-message-exchange-${part}-${version}.xsd`;
  return {
    name: `SMEV ${version} ${part}`,
    ours: join(repository, `xsd/smev/${version}/${file}`),
    published: join(reference, `smev/${version}/${file}`),
    samples: [],
  };
}

function findRepository(from: string): string {
  return existsSync(join(from, 'package.json')) ? from : findRepository(dirname(from));
}
