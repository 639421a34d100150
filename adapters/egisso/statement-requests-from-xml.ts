import { child, dayIn, every, flagIn, type Node, textsIn, tokenIn } from '../kit/index.js';
import type { StatementRequestJson } from './registry-api.js';

/** A 10.13.I 2.0.0 `requestPackage`, already valid under its schema, as the registry takes it. */
export function statementRequestsFromXml(requestPackage: Node): {
  readonly packageUid: string;
  readonly requests: readonly StatementRequestJson[];
} {
  const requests = every(child(requestPackage, 'elements') ?? {}, 'requestData').map(requestFrom);
  return { packageUid: tokenIn(requestPackage, 'packageUid') ?? '', requests };
}

/**
 * incomes, disability and experience are not passed on: the registry does not hold them, and their elements cannot be empty.
 * pdfInclude is not either: no element of the answer could carry the file.
 */
function requestFrom(node: Node): StatementRequestJson {
  const assignments = child(node, 'assignments') ?? {};
  const codes = child(assignments, 'mszCodes');
  const form = tokenIn(assignments, 'form');
  const period = child(node, 'reportPeriod') ?? {};
  return {
    requestUid: tokenIn(node, 'requestUid') ?? '',
    snils: tokenIn(child(node, 'person') ?? {}, 'snils') ?? '',
    assignments: {
      include: flagIn(assignments, 'assignmentsInclude'),
      ...(form === undefined ? {} : { form }),
      ...(codes ? { mszCodes: textsIn(codes, 'mszCode').map((code) => code.trim()) } : {}),
    },
    obligations: flagIn(child(node, 'obligations') ?? {}, 'obligationsInclude'),
    assignees: flagIn(node, 'assigneeInclude'),
    job: flagIn(node, 'jobInclude'),
    beginDate: dayIn(period, 'beginDate') ?? '',
    endDate: dayIn(period, 'endDate') ?? '',
  };
}
