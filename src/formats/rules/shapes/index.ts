/**
 * Layouts of record bodies, by the name under which `format.json` refers to them. A format with one of these layouts, built in or
 * published later, gets the rules by naming it. To add a layout: a constant in a file here, and a line below. Imports nothing.
 */
import { FACT_1, FACT_2, FACT_EVENT_1, FACT_EVENT_2, FACT_REJECTION_2 } from './facts.js';
import { APPLICATION, LOCAL_MEASURE, ORGANIZATION, PLAIN } from './registers.js';
import { PERSON_AND_PERIOD } from './requests.js';
import type { BodyShape } from './shape.js';

export const SHAPES: Readonly<Record<string, BodyShape>> = {
  'fact-1': FACT_1,
  'fact-event-1': FACT_EVENT_1,
  'fact-2': FACT_2,
  'fact-event-2': FACT_EVENT_2,
  'fact-rejection-2': FACT_REJECTION_2,
  'person-and-period': PERSON_AND_PERIOD,
  'local-measure': LOCAL_MEASURE,
  organization: ORGANIZATION,
  application: APPLICATION,
  plain: PLAIN,
};

export type * from './shape.js';
