/** Formats served. */
export const FORMATS = {
  byData: 'http://kvs.pfr.com/snils-by-data/1.1.2',
  byParticulars: 'http://kvs.pfr.com/snils-by-additionalData/1.0.1',
  validation: 'http://kvs.pfr.com/snils-validation/1.0.1',
  experience: 'http://kvs.pfr.com/work-experience/1.0.4',
  payments: 'http://kvs.pfr.com/bap-for-period/1.0.1',
} as const;

/** Namespaces of the parts the formats share: names and papers; birthplaces; payments. */
export const PARTS = {
  smev: 'urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1',
  pfr: 'http://common.kvs.pfr.com/1.0.0',
  benefits: 'http://kvs.pfr.com/benefits-common/1.0.0',
} as const;

/** Papers with an element of their own; any other is a PfrIdentificationDocument that says its kind in words. */
export const PAPERS: readonly string[] = [
  'PassportRF',
  'ForeignPassport',
  'ResidencePermitRF',
  'InternationalPassportRF',
  'MilitaryPassport',
  'SailorPassport',
  'SovietPassport',
  'BirthCertificate',
  'DrivingLicenseRF',
  'ReleaseCertificate',
  'PassportLossCertificate',
  'Form9Certificate',
  'TemporaryIdentityCardRF',
];
