import { readFileSync } from 'node:fs';

/** The few calls of PKCS#11 that signing needs, as the optional package `pkcs11js` has them. */
interface Cryptoki {
  load(library: string): void;
  C_Initialize(): void;
  C_GetSlotList(tokenPresent: boolean): Handle[];
  C_GetTokenInfo(slot: Handle): { readonly label: string };
  C_OpenSession(slot: Handle, flags: number): Handle;
  C_Login(session: Handle, userType: number, pin: string): void;
  C_FindObjectsInit(session: Handle, template: readonly { type: number; value: number | string | Buffer }[]): void;
  C_FindObjects(session: Handle, most: number): Handle[];
  C_FindObjectsFinal(session: Handle): void;
  C_SignInit(session: Handle, mechanism: Mechanism, key: Handle): void;
  C_Sign(session: Handle, data: Buffer, out: Buffer): Buffer;
  C_Finalize(): void;
}
type Handle = Buffer;
interface Mechanism {
  readonly mechanism: number;
  readonly parameter?: object;
}

/** Numbers of PKCS#11 2.40. */
const CKF_SERIAL_SESSION = 4;
const CKU_USER = 1;
const CKA = { class: 0x000, label: 0x003, id: 0x102 } as const;
const CKO_PRIVATE_KEY = 3;
const CKM = { rsaSha256: 0x40, rsaSha384: 0x41, rsaSha512: 0x42, rsaSha256Pss: 0x43, ecdsa: 0x1041 } as const;
/** CKM_SHA256, CKG_MGF1_SHA256 and salt as long as the hash (RFC 6931 §2.3.10); 5 names RSA-PSS parameters to pkcs11js. */
const PSS_SHA256 = { type: 5, hashAlg: 0x250, mgf: 2, saltLen: 32 };

const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';
/** What is signed, and how. CKM_ECDSA takes a digest and gives raw r‖s, as XMLDSig wants it. */
const MECHANISMS: Readonly<Record<string, { readonly mechanism: Mechanism; readonly over: 'octets' | 'digest' }>> = {
  [`${MORE}rsa-sha256`]: { mechanism: { mechanism: CKM.rsaSha256 }, over: 'octets' },
  [`${MORE}rsa-sha384`]: { mechanism: { mechanism: CKM.rsaSha384 }, over: 'octets' },
  [`${MORE}rsa-sha512`]: { mechanism: { mechanism: CKM.rsaSha512 }, over: 'octets' },
  'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1': {
    mechanism: { mechanism: CKM.rsaSha256Pss, parameter: PSS_SHA256 },
    over: 'octets',
  },
  [`${MORE}ecdsa-sha256`]: { mechanism: { mechanism: CKM.ecdsa }, over: 'digest' },
  [`${MORE}ecdsa-sha384`]: { mechanism: { mechanism: CKM.ecdsa }, over: 'digest' },
};
const LONGEST_SIGNATURE = 1024;

export interface Pkcs11Place {
  /** The vendor's library. */
  readonly module: string;
  readonly token: string;
  readonly pinFile: string;
}

export interface Pkcs11Token {
  /** `key` is the private key's label, or `id:` and its CKA_ID in hexadecimal. Throws with the reason. */
  sign(request: { key: string; algorithm: string; octets: Buffer; digest: Buffer }): Buffer;
  close(): void;
}

/** A session on the token with this label, logged in. Throws with what to change. */
export async function openToken({ module, token, pinFile }: Pkcs11Place): Promise<Pkcs11Token> {
  const library = await cryptoki();
  library.load(module);
  library.C_Initialize();
  const slot = library.C_GetSlotList(true).find((s) => library.C_GetTokenInfo(s).label.trimEnd() === token);
  if (slot === undefined) throw new Error(`no token «${token}» in ${module}`);
  const session = library.C_OpenSession(slot, CKF_SERIAL_SESSION);
  library.C_Login(session, CKU_USER, readFileSync(pinFile, 'utf8').trim());
  const keys = new Map<string, Handle>();
  return {
    sign({ key, algorithm, octets, digest }) {
      const how = MECHANISMS[algorithm];
      if (how === undefined) throw new Error(`no PKCS#11 mechanism is known here for ${algorithm}`);
      const handle = keys.get(key) ?? findKey(library, session, key);
      keys.set(key, handle);
      library.C_SignInit(session, how.mechanism, handle);
      return library.C_Sign(session, how.over === 'digest' ? digest : octets, Buffer.alloc(LONGEST_SIGNATURE));
    },
    close: () => library.C_Finalize(),
  };
}

/** Optional and native: absent where it could not be compiled, so its name is hidden from the compiler. */
async function cryptoki(): Promise<Cryptoki> {
  const name: string = 'pkcs11js';
  try {
    const { default: module } = (await import(name)) as { default: { PKCS11: new () => Cryptoki } };
    return new module.PKCS11();
  } catch (error) {
    throw new Error(`the optional package pkcs11js is not installed here (it needs a C++ compiler): ${String(error)}`);
  }
}

function findKey(library: Cryptoki, session: Handle, key: string): Handle {
  const name = key.startsWith('id:')
    ? { type: CKA.id, value: Buffer.from(key.slice(3), 'hex') }
    : { type: CKA.label, value: key };
  library.C_FindObjectsInit(session, [{ type: CKA.class, value: CKO_PRIVATE_KEY }, name]);
  const found = library.C_FindObjects(session, 2);
  library.C_FindObjectsFinal(session);
  const [handle] = found;
  if (handle === undefined || found.length > 1) {
    throw new Error(`${found.length === 0 ? 'no private key' : 'more than one private key'} «${key}» on the token`);
  }
  return handle;
}
