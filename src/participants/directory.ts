import { X509Certificate } from 'node:crypto';
import type { VerificationKey } from '../ports/index.js';
import {
  type AnswerTerm,
  hashOf,
  isInForce,
  type Participant,
  type Right,
  type RightOperation,
  type Route,
  type RouteMark,
  type Snapshot,
  type Subscription,
} from './snapshot.js';

/** A registered certificate with its owner; the key is kept ready because parsing one costs ten verifications. */
export interface Registered {
  readonly participant: Participant;
  readonly certificate: X509Certificate;
  /** Undefined where no provider of this process can use it. */
  readonly key: VerificationKey | undefined;
}

/** A snapshot made ready for questions. Pure: the same snapshot gives the same answers. */
export class Directory {
  readonly hash: string;
  readonly snapshot: Snapshot;
  readonly #participants: ReadonlyMap<string, Participant>;
  readonly #certificates = new Map<string, Registered>();
  readonly #routes = new Map<string, Route[]>();
  readonly #subscriptions = new Map<string, Subscription[]>();
  readonly #rights = new Map<string, Right[]>();

  /** `keyOf` imports the key of a certificate (DER) into this process's provider. */
  constructor(snapshot: Snapshot, keyOf: (der: Buffer) => VerificationKey | undefined) {
    this.snapshot = snapshot;
    this.hash = hashOf(snapshot);
    this.#participants = new Map(snapshot.participants.map((p) => [p.mnemonic, p]));
    for (const participant of snapshot.participants) {
      for (const pem of participant.certificates) {
        const certificate = new X509Certificate(pem);
        this.#certificates.set(certificate.raw.toString('latin1'), {
          participant,
          certificate,
          key: keyOf(certificate.raw),
        });
      }
    }
    for (const right of snapshot.rights) put(this.#rights, rightKey(right), right);
    for (const route of snapshot.routes) put(this.#routes, routeKey(route.format, route.by), route);
    for (const subscription of snapshot.subscriptions ?? [])
      put(this.#subscriptions, subscription.format, subscription);
  }

  participant(mnemonic: string): Participant | undefined {
    return this.#participants.get(mnemonic);
  }

  /** The owner of a certificate, by the exact DER. */
  byCertificate(der: Uint8Array): Registered | undefined {
    return this.#certificates.get(Buffer.from(der.buffer, der.byteOffset, der.length).toString('latin1'));
  }

  /** The participant that answers requests of `format` (`{ns}local`) at `at` where nothing says which: its general route. */
  recipientOf(format: string, at: number): Participant | undefined {
    return this.#provider(routeKey(format), at);
  }

  /** The provider of `format` that this value chooses; by an identifier also one that is named by its mnemonic. */
  recipientBy(format: string, mark: RouteMark, at: number): Participant | undefined {
    const marked = this.#provider(routeKey(format, mark), at);
    if (marked !== undefined || 'dynamic' in mark) return marked;
    const named = this.snapshot.routes.some(
      (r) => r.format === format && r.recipient === mark.identifier && isInForce(r, at),
    );
    return named ? this.#participants.get(mark.identifier) : undefined;
  }

  /** How long `recipient` may take to answer requests of `format` that come at `at`; undefined where nobody said. */
  answerTerm(format: string, recipient: string, at: number): AnswerTerm | undefined {
    const { routes } = this.snapshot;
    return routes.find(
      (r) => r.answerWithin !== undefined && r.format === format && r.recipient === recipient && isInForce(r, at),
    )?.answerWithin;
  }

  /** Who takes broadcasts of `format` at `at`, each once, in the snapshot's order. */
  subscribersOf(format: string, at: number): readonly Participant[] {
    const inForce = (this.#subscriptions.get(format) ?? []).filter((s) => isInForce(s, at));
    const found = [...new Set(inForce.map((s) => s.participant))].map((mnemonic) => this.#participants.get(mnemonic));
    return found.filter((p) => p !== undefined);
  }

  /** Whether the participant may send requests, or broadcasts, of `format` at `at` (ms since 1970). */
  maySend(mnemonic: string, format: string, at: number, operation: RightOperation = 'request'): boolean {
    return this.#rightsInForce(mnemonic, format, at, operation).length > 0;
  }

  /** Fingerprints of the personal certificates the rights in force ask for; undefined where one of them asks for none. */
  personalFor(
    mnemonic: string,
    format: string,
    at: number,
    operation: RightOperation = 'request',
  ): readonly string[] | undefined {
    const rights = this.#rightsInForce(mnemonic, format, at, operation);
    if (rights.length === 0 || rights.some((r) => r.personal === undefined)) return undefined;
    return rights.flatMap((r) => r.personal ?? []);
  }

  /** Whether every right in force asks requests for their purpose. */
  needsPurpose(mnemonic: string, format: string, at: number): boolean {
    const rights = this.#rightsInForce(mnemonic, format, at, 'request');
    return rights.length > 0 && rights.every((r) => r.purpose === 'required');
  }

  /** Participant codes the participant may speak for at `at`: its own, and those delegated to it then. */
  codesOf(mnemonic: string, at: number): readonly string[] {
    const { codes = [], delegations = [] } = this.#participants.get(mnemonic) ?? {};
    return [...new Set([...codes, ...delegations.filter((d) => isInForce(d, at)).map((d) => d.code)])];
  }

  #rightsInForce(participant: string, format: string, at: number, operation: RightOperation): readonly Right[] {
    return (this.#rights.get(rightKey({ participant, format, operation })) ?? []).filter((r) => isInForce(r, at));
  }

  #provider(key: string, at: number): Participant | undefined {
    const route = this.#routes.get(key)?.find((r) => isInForce(r, at));
    return route === undefined ? undefined : this.#participants.get(route.recipient);
  }

  /** Formats whose requests or broadcasts this participant is given: the types its request mailbox is registered for. */
  answeredBy(mnemonic: string): readonly string[] {
    const { routes, subscriptions = [] } = this.snapshot;
    const answered = routes.filter((r) => r.recipient === mnemonic).map((r) => r.format);
    const taken = subscriptions.filter((s) => s.participant === mnemonic).map((s) => s.format);
    return [...new Set([...answered, ...taken])];
  }

  /** Formats this participant may request: what its response mailbox can hold. Broadcasts have no answer. */
  requestedBy(mnemonic: string): readonly string[] {
    const rights = this.snapshot.rights.filter((r) => r.participant === mnemonic && r.operation !== 'broadcast');
    return [...new Set(rights.map((r) => r.format))];
  }
}

/** Keys are JSON, so that no value can be taken for another's. */
function routeKey(format: string, by?: RouteMark): string {
  if (by === undefined) return format;
  return JSON.stringify('dynamic' in by ? [format, 'dynamic', by.dynamic] : [format, 'identifier', by.identifier]);
}

function rightKey({ participant, format, operation }: Pick<Right, 'participant' | 'format' | 'operation'>): string {
  return `${participant} ${operation === 'broadcast' ? 'broadcast ' : ''}${format}`;
}

function put<T>(map: Map<string, T[]>, key: string, value: T): void {
  const before = map.get(key);
  if (before === undefined) map.set(key, [value]);
  else before.push(value);
}
