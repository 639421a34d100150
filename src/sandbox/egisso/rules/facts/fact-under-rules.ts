import type { Fact } from '../../api.js';
import type { Dictionaries, Measure } from '../../dictionaries.js';

/** What a rule of facts may look at. `measure` is undefined when the registry does not hold it. */
export interface FactUnderRules {
  readonly fact: Fact;
  readonly measure: Measure | undefined;
  readonly dictionaries: Dictionaries;
  /** Codes the sender may act for: its own and delegated ones. */
  readonly senderCodes: readonly string[];
}
