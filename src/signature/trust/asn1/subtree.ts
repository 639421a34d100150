import type { GeneralName } from '@peculiar/asn1-x509';
import { type DistinguishedName, fromLibrary } from './names.js';

/** A general name, or the base of a subtree of names (RFC 5280 §4.2.1.10), by its form. */
export type Subtree =
  | { readonly form: 'dn'; readonly name: DistinguishedName }
  | { readonly form: 'email' | 'dns' | 'uri'; readonly text: string }
  /** A form whose constraints this profile does not compare; `kind` tells these forms apart. */
  | { readonly form: 'other'; readonly kind: string };

/** `bounds` are a subtree's minimum and maximum: RFC 5280 knows 0 and absent only, anything else cannot be compared. */
export function subtreeOf(name: GeneralName, bounds?: { minimum: number; maximum?: number }): Subtree {
  if (bounds !== undefined && (bounds.minimum !== 0 || bounds.maximum !== undefined))
    return { form: 'other', kind: 'every' };
  if (name.directoryName !== undefined) return { form: 'dn', name: fromLibrary(name.directoryName) };
  if (name.rfc822Name !== undefined) return { form: 'email', text: name.rfc822Name };
  if (name.dNSName !== undefined) return { form: 'dns', text: name.dNSName };
  if (name.uniformResourceIdentifier !== undefined) return { form: 'uri', text: name.uniformResourceIdentifier };
  return { form: 'other', kind: Object.keys(name).find((k) => name[k as keyof GeneralName] !== undefined) ?? 'none' };
}
