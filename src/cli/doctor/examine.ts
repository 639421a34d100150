import { type Environment, isRefused, readConfig, type Settings } from '../../config/index.js';
import { examineCertificates } from './certificates.js';
import { examineFiles } from './files.js';
import type { Finding } from './finding.js';
import { examineMachine } from './machine.js';

/** Looks at everything and changes nothing. */
export async function examine(settings: Settings, environment: Environment): Promise<readonly Finding[]> {
  const ru = settings.language === 'ru';
  return [
    ...examineConfiguration(environment, ru),
    ...(await examineMachine(settings, ru)),
    ...examineFiles(settings, ru),
    ...examineCertificates(settings, ru),
  ];
}

function examineConfiguration(environment: Environment, ru: boolean): Finding[] {
  const config = readConfig(environment);
  const name = ru ? 'настройки' : 'configuration';
  const fix = ru ? 'см. docs/configuration.md' : 'see docs/configuration.md';
  if (isRefused(config)) return config.problems.map((text) => ({ name, verdict: 'bad', text, fix }));
  const warnings = config.warnings.map((text): Finding => ({ name, verdict: 'warning', text, fix }));
  return warnings.length > 0
    ? warnings
    : [{ name, verdict: 'ok', text: ru ? 'без противоречий' : 'no contradictions' }];
}
