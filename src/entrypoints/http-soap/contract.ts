import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERSIONS, type Version } from '../../message/index.js';

/** The WSDL and schemas of every version, in memory: served with this server's own address. */
export interface Contract {
  wsdl(version: Version, address: string): string | undefined;
  xsd(version: Version, name: string, address: string): string | undefined;
}

/** Reads wsdl/ and xsd/smev/ below the project's root once. */
export function loadContract(root: string): Contract {
  const files = new Map<string, string>();
  for (const version of VERSIONS) {
    for (const folder of [join(root, 'wsdl', version), join(root, 'xsd', 'smev', version)]) {
      for (const name of readdirSync(folder)) files.set(`${version}/${name}`, readFileSync(join(folder, name), 'utf8'));
    }
  }
  const serve = (version: Version, name: string, address: string): string | undefined =>
    files
      .get(`${version}/${name}`)
      ?.replaceAll('{{address}}', `${address}/smev/v${version}/ws`)
      .replaceAll('{{xsd}}', `${address}/smev/v${version}/ws?xsd=`);
  return {
    wsdl: (version, address) => serve(version, `smev-message-exchange-service-${version}.wsdl`, address),
    // Imports between schemas are relative: rewritten to addresses that this server answers.
    xsd: (version, name, address) =>
      serve(version, name, address)?.replace(
        /schemaLocation="([^":/]+\.xsd)"/g,
        `schemaLocation="${address}/smev/v${version}/ws?xsd=$1"`,
      ),
  };
}
