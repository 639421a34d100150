/**
 * What is to be said of each public file: by the profile of today, and with SHA-1 and RSA-1024 let in, where a refusal
 * speaks of the attack itself. `proven` are the elements whose octets an application may read; nothing else of the file.
 */
export interface Expectation {
  readonly today: Outcome;
  readonly old: Outcome;
  readonly files: readonly string[];
}

export interface Outcome {
  readonly proven: readonly string[];
  readonly refused: readonly string[];
}

const refused = (...reasons: string[]): Outcome => ({ proven: [], refused: reasons });
const proven = (...paths: string[]): Outcome => ({ proven: paths, refused: [] });
/** The weak algorithm alone keeps it out today. */
const weak = (outcome: Outcome, ...reasons: string[]) => ({
  today: refused(...(reasons.length > 0 ? reasons : ['digest algorithm'])),
  old: outcome,
});
const same = (outcome: Outcome) => ({ today: outcome, old: outcome });

export const XML_CRYPTO: readonly Expectation[] = [
  { ...same(refused('key: none')), files: ['hmac_signature.xml', 'windows_store_signature.xml'] },
  // The reference names an element the signature does not stand in: wrapping, concealed and doubled assertions; an Id with a quote.
  { ...same(refused('reference elsewhere')), files: ['id_with_quotes.xml'] },
  // One reference is the profile.
  {
    ...same(refused('several references')),
    files: [
      'integration/expectedVerify.xml',
      'invalid_signature - changed content.xml',
      'invalid_signature - hash.xml',
      'invalid_signature - non existing reference.xml',
      'invalid_signature - signature value.xml',
      'invalid_signature - wsu - changed content.xml',
      'invalid_signature - wsu - hash.xml',
      'invalid_signature - wsu - invalid signature value.xml',
      'invalid_signature - wsu - non existing reference.xml',
      'valid_signature wsu.xml',
      'valid_signature.xml',
      'valid_signature_with_lowercase_id_attribute.xml',
      'valid_signature_with_reference_keyInfo.xml',
      'valid_signature_with_root_level_sig_namespace.xml',
      'valid_signature_with_unused_prefixes.xml',
      'valid_signature_with_whitespace_in_digestvalue.xml',
    ],
  },
  {
    ...same(refused('no Id')),
    files: [
      'integration/expectedVerifyComplex.xml',
      'invalid_signature_without_transforms_element.xml',
      'valid_signature_without_transforms_element.xml',
    ],
  },
  // SignedInfo is missing, or stands inside another element.
  {
    ...weak(
      { proven: ['/Response/Assertion'], refused: ['no SignedInfo first'] },
      'no SignedInfo first',
      'digest algorithm',
    ),
    files: ['invalid_saml_no_signed_info.xml'],
  },
  { ...same(refused('digest')), files: ['invalid_saml_sha256_rsa_mgf1.xml'] },
  { ...weak(proven('/Response')), files: ['keyinfo - pretty-printed.xml'] },
  { ...weak(proven('/Response/Assertion')), files: ['saml_external_ns.xml'] },
  // CVE-2025-29774.
  { ...same(refused('several SignedInfo')), files: ['saml_multiple_signed_info_nodes.xml'] },
  // SignedInfo is missing, or stands inside another element.
  { ...same(refused('no SignedInfo first')), files: ['saml_wrapped_signed_info_node.xml'] },
  {
    ...weak(proven('/Assertion')),
    files: [
      'signature_with_inclusivenamespaces.xml',
      'signature_with_inclusivenamespaces_lines.xml',
      'signature_with_inclusivenamespaces_lines_windows.xml',
    ],
  },
  {
    ...weak(proven('/Response', '/Response/Assertion'), 'digest algorithm', 'digest algorithm'),
    files: ['valid_saml.xml'],
  },
  { ...same(proven('/Response')), files: ['valid_saml_sha256_rsa_mgf1.xml'] },
  // Signature wrapping with the Id repeated.
  { ...same(refused('Id twice', 'Id twice')), files: ['valid_saml_signature_wrapping.xml'] },
  // CVE-2025-29775, and files whose DigestValue is a placeholder.
  { ...same(refused('digest is no base64')), files: ['valid_saml_with_digest_comment.xml'] },
  {
    ...weak({ proven: ['/Response/Assertion'], refused: ['canonicalization'] }, 'canonicalization', 'digest algorithm'),
    files: ['valid_saml_withcomments.xml'],
  },
  { ...weak(proven('/Assertion'), 'value'), files: ['valid_signature_utf8.xml'] },
  { ...same(proven('/EntityDescriptor')), files: ['wsfederation_metadata.xml'] },
];

export const RUBY_SAML: readonly Expectation[] = [
  {
    ...weak(proven('/Response/Assertion')),
    files: [
      'adfs_response_sha1.xml',
      'inclusive_namespaces.xml',
      'invalids/no_issuer_response.xml.base64',
      'response_with_ds_namespace_at_the_root.xml.base64',
      'response_with_signed_assertion_2.xml.base64',
      'response_with_signed_assertion_3.xml',
    ],
  },
  { ...weak(proven('/Response/Assertion'), 'value'), files: ['adfs_response_sha256.xml', 'adfs_response_sha512.xml'] },
  { ...same(refused('digest algorithm')), files: ['adfs_response_sha384.xml'] },
  { ...same(proven('/Response/Assertion')), files: ['adfs_response_xmlns.xml'] },
  {
    ...weak(proven('/Response', '/Response/Assertion'), 'digest algorithm', 'digest algorithm'),
    files: [
      'invalids/duplicated_attributes.xml.base64',
      'invalids/empty_destination.xml.base64',
      'invalids/empty_nameid.xml.base64',
      'response_with_signed_message_and_assertion.xml',
    ],
  },
  // The reference names an element the signature does not stand in: wrapping, concealed and doubled assertions; an Id with a quote.
  {
    ...same(refused('reference elsewhere')),
    files: [
      'invalids/encrypted_new_attack.xml.base64',
      'invalids/response_with_concealed_signed_assertion.xml',
      'invalids/response_with_doubled_signed_assertion.xml',
    ],
  },
  {
    ...weak(proven('/Response')),
    files: [
      'invalids/invalid_issuer_message.xml.base64',
      'invalids/invalid_subjectconfirmation_inresponse.xml.base64',
      'invalids/invalid_subjectconfirmation_nb.xml.base64',
      'invalids/invalid_subjectconfirmation_noa.xml.base64',
      'invalids/invalid_subjectconfirmation_recipient.xml.base64',
      'invalids/no_authnstatement.xml.base64',
      'invalids/no_conditions.xml.base64',
      'invalids/no_issuer_assertion.xml.base64',
      'invalids/no_subjectconfirmation_data.xml.base64',
      'invalids/no_subjectconfirmation_method.xml.base64',
      'invalids/wrong_spnamequalifier.xml.base64',
      'response_encrypted_attrs.xml.base64',
      'response_encrypted_nameid.xml.base64',
      'response_node_text_attack2.xml.base64',
      'signed_nameid_in_atts.xml',
      'signed_response_with_undefined_recipient.xml.base64',
      'signed_unqual_nameid_in_atts.xml',
      'starfield_response.xml.base64',
    ],
  },
  // The reference names an element the signature does not stand in: wrapping, concealed and doubled assertions; an Id with a quote.
  {
    ...weak(refused('digest', 'reference elsewhere'), 'digest algorithm', 'reference elsewhere'),
    files: ['invalids/multiple_assertions.xml.base64'],
  },
  {
    ...weak(
      { proven: ['/Response/Assertion'], refused: ['digest', 'digest'] },
      'digest algorithm',
      'digest algorithm',
      'digest algorithm',
    ),
    files: ['invalids/multiple_signed.xml.base64'],
  },
  {
    ...weak(refused('digest')),
    files: [
      'invalids/no_status.xml.base64',
      'invalids/no_status_code.xml.base64',
      'no_signature_ns.xml',
      'response_node_text_attack3.xml.base64',
      'response_with_multiple_attribute_statements.xml',
      'response_with_multiple_attribute_values.xml',
      'response_with_undefined_recipient.xml.base64',
      'response_wrapped.xml.base64',
    ],
  },
  {
    ...weak({ proven: ['/Response/Assertion'], refused: ['no Id'] }, 'no Id', 'digest algorithm'),
    files: ['invalids/response_invalid_signed_element.xml.base64'],
  },
  // Signature wrapping with the Id repeated.
  { ...same(refused('Id twice')), files: ['invalids/signature_wrapping_attack.xml.base64'] },
  { ...same(refused('value is no base64')), files: ['open_saml_response.xml', 'response_node_text_attack.xml.base64'] },
  {
    ...weak(proven('/Response/Assertion[2]')),
    files: ['response_assertion_wrapped.xml.base64', 'response_with_ampersands.xml.base64'],
  },
  {
    ...same(refused('key: none')),
    files: ['response_no_cert_and_encrypted_attrs.xml', 'response_without_reference_uri.xml.base64'],
  },
  { ...same(proven('/Response')), files: ['response_with_retrieval_method.xml'] },
  // CVE-2025-29775, and files whose DigestValue is a placeholder.
  {
    ...same(refused('digest is no base64')),
    files: [
      'response_with_saml2_namespace.xml.base64',
      'response_with_signed_assertion.xml.base64',
      'response_without_attributes.xml.base64',
    ],
  },
  {
    ...weak(proven('/Response'), 'value'),
    files: [
      'signed_message_encrypted_signed_assertion.xml.base64',
      'signed_message_encrypted_unsigned_assertion.xml.base64',
    ],
  },
  { ...same(refused('value is no base64', 'value is no base64')), files: ['simple_saml_php.xml'] },
];
