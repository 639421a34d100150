import { type Certificate, isWithin, type Subtree } from './asn1/index.js';

/** What the authorities above a certificate let it be called (RFC 5280 §6.1.2 b, c): every list of `permitted` must hold. */
export class NameConstraintState {
  readonly #permitted: (readonly Subtree[])[] = [];
  readonly #excluded: Subtree[] = [];

  /** Takes in the constraints of an authority's certificate. */
  add({ permitted, excluded }: Certificate): void {
    if (permitted !== undefined) this.#permitted.push(permitted);
    this.#excluded.push(...(excluded ?? []));
  }

  /** The first name of the certificate that is not permitted; undefined when all are. */
  violatedBy(certificate: Certificate): string | undefined {
    if (this.#permitted.length === 0 && this.#excluded.length === 0) return undefined;
    const wrong = namesOf(certificate).find((name) => !this.#permits(name));
    return wrong && shown(wrong);
  }

  #permits(name: Subtree): boolean {
    if (this.#excluded.some((base) => sameForm(name, base) && contains(base, name) !== 'no')) return false;
    return this.#permitted.every((list) => {
      const ofForm = list.filter((base) => sameForm(name, base));
      return ofForm.length === 0 || ofForm.some((base) => contains(base, name) === 'yes');
    });
  }
}

/** Subject, alternative names, and e-mail addresses in the subject where no alternative name gives one. */
function namesOf({ subject, alternativeNames }: Certificate): Subtree[] {
  const emails = alternativeNames.some((n) => n.form === 'email') ? [] : subject.emails;
  return [
    ...(subject.rdns.length > 0 ? [{ form: 'dn', name: subject } as const] : []),
    ...alternativeNames,
    ...emails.map((text) => ({ form: 'email', text }) as const),
  ];
}

/** Subtrees with bounds («every») touch all names, as what they mean is not defined by RFC 5280. */
function sameForm(name: Subtree, base: Subtree): boolean {
  if (base.form === 'other' && base.kind === 'every') return true;
  if (name.form === 'other' && base.form === 'other') return name.kind === base.kind;
  return name.form === base.form;
}

/** Whether the subtree holds the name; unknown where this profile cannot compare, which refuses either way. */
function contains(base: Subtree, name: Subtree): 'yes' | 'no' | 'unknown' {
  const answer = (held: boolean) => (held ? 'yes' : 'no');
  if (base.form === 'dn' && name.form === 'dn') return answer(isWithin(name.name, base.name));
  if (base.form === 'email' && name.form === 'email') return answer(emailWithin(name.text, base.text));
  if (base.form === 'dns' && name.form === 'dns') return answer(hostWithin(name.text, base.text, 'subdomains'));
  if (base.form === 'uri' && name.form === 'uri') {
    const host = hostOf(name.text);
    return host === undefined ? 'unknown' : answer(hostWithin(host, base.text, 'exact'));
  }
  return 'unknown';
}

/** A mailbox, all of a host, or (with a leading dot) all below a domain. */
function emailWithin(address: string, base: string): boolean {
  const at = address.lastIndexOf('@');
  const host = address.slice(at + 1);
  if (!base.includes('@')) return hostWithin(host, base, 'exact');
  const of = base.lastIndexOf('@');
  return address.slice(0, at) === base.slice(0, of) && host.toLowerCase() === base.slice(of + 1).toLowerCase();
}

/** A base with a leading dot holds what is below it; one without holds itself, and for DNS names what is below too. */
function hostWithin(host: string, base: string, plain: 'exact' | 'subdomains'): boolean {
  const name = host.toLowerCase();
  const limit = base.toLowerCase();
  if (limit === '') return true;
  if (limit.startsWith('.')) return name.endsWith(limit) && name.length > limit.length;
  return name === limit || (plain === 'subdomains' && name.endsWith(`.${limit}`));
}

/** The host of a URI that has an authority with a domain name; undefined for others, IP addresses among them. */
function hostOf(uri: string): string | undefined {
  const found = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:@[\]]+)(?::\d*)?(?:[/?#]|$)/i.exec(uri);
  const host = found?.[1];
  return host === undefined || /^[\d.]+$/.test(host) ? undefined : host;
}

function shown(name: Subtree): string {
  if (name.form === 'dn') return name.name.text;
  return name.form === 'other' ? name.kind : name.text;
}
