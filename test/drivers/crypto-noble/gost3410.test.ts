/** «The digital signature consists of two numbers r and s» (RFC 7091 §6): the RFC's own examples, step by step. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../../src/config/index.js';
import { type Curve, curveOf, makeCurve } from '../../../src/drivers/crypto-noble/curves.js';
import { publicOf, signDigest, verifyDigest } from '../../../src/drivers/crypto-noble/gost3410.js';

interface Example {
  readonly curve: Curve;
  readonly d: bigint;
  readonly e: bigint;
  readonly k: bigint;
  readonly r: string;
  readonly s: string;
}

const hexOf = (decimal: string) => BigInt(decimal).toString(16);

/** RFC 7091 §7.1 and §7.2. */
const EXAMPLES: readonly Example[] = [
  {
    curve: makeCurve(256, [
      '8000000000000000000000000000000000000000000000000000000000000431',
      '7',
      '5FBFF498AA938CE739B8E022FBAFEF40563F6E6A3472FC2A514C0CE9DAE23B7E',
      '8000000000000000000000000000000150FE8A1892976154C59CFC193ACCF5B3',
      1,
      '2',
      '08E2A8A0E65147D4BD6316030E16D19C85C97F0A9CA267122B96ABBCEA7E8FC8',
    ]),
    d: 0x7a929ade789bb9be10ed359dd39a72c11b60961f49397eee1d19ce9891ec3b28n,
    e: 0x2dfbc1b372d89a1188c09c52e0eec61fce52032ab1022e8e67ece6672b043ee5n,
    k: 0x77105c9b20bcd3122823c8cf6fcc7b956de33814e95b7fe64fed924594dceab3n,
    r: '41aa28d2f1ab148280cd9ed56feda41974053554a42767b83ad043fd39dc0493',
    s: '01456c64ba4642a1653c235a98a60249bcd6d3f746b631df928014f6c5bf9c40',
  },
  {
    curve: makeCurve(512, [
      hexOf(
        '3623986102229003635907788753683874306021320925534678605086546150450856166624002482588482022271496854025090823603058735163734263822371964987228582907372403',
      ),
      '7',
      hexOf(
        '1518655069210828534508950034714043154928747527740206436194018823352809982443793732829756914785974674866041605397883677596626326413990136959047435811826396',
      ),
      hexOf(
        '3623986102229003635907788753683874306021320925534678605086546150450856166623969164898305032863068499961404079437936585455865192212970734808812618120619743',
      ),
      1,
      hexOf(
        '1928356944067022849399309401243137598997786635459507974357075491307766592685835441065557681003184874819658004903212332884252335830250729527632383493573274',
      ),
      hexOf(
        '2288728693371972859970012155529478416353562327329506180314497425931102860301572814141997072271708807066593850650334152381857347798885864807605098724013854',
      ),
    ]),
    d: 0x0ba6048aadae241ba40936d47756d7c93091a0e8514669700ee7508e508b102072e8123b2200a0563322dad2827e2714a2636b7bfd18aadfc62967821fa18dd4n,
    e: 0x3754f3cfacc9e0615c4f4a7c4d8dab531b09b6f9c170c533a71d147035b0c5917184ee536593f4414339976c647c5d5a407adedb1d560c4fc6777d2972075b8cn,
    k: 0x0359e7f4b1410feacc570456c6801496946312120b39d019d455986e364f365886748ed7a44b3e794434006011842286212273a6d14cf70ea3af71bb1ae679f1n,
    r: '2f86fa60a081091a23dd795e1e3c689ee512a3c82ee0dcc2643c78eea8fcacd35492558486b20f1c9ec197c90699850260c93bcbcd9c5c3317e19344e173ae36',
    s: '1081b394696ffe8e6585e7a9362d26b6325f56778aadbc081c0bfbe933d52ff5823ce288e8c4f362526080df7f70ce406a6eeb1f56919cb92a9853bde73e5b4a',
  },
];

/** The digest whose number is `e`: lowest octet first. */
const digestOf = ({ e, curve }: Example) => Buffer.from(e.toString(16).padStart(curve.bits / 4, '0'), 'hex').reverse();

const SETS = [
  ...['2.2.35.1', '2.2.35.2', '2.2.35.3', '2.2.36.0', '2.2.36.1'],
  ...['7.1.2.1.1.1', '7.1.2.1.1.2', '7.1.2.1.1.3', '7.1.2.1.1.4', '7.1.2.1.2.1', '7.1.2.1.2.2', '7.1.2.1.2.3'],
].map((tail) => `1.2.643.${tail}`);

describe('crypto-noble: GOST R 34.10-2012', () => {
  for (const example of EXAMPLES) {
    const { curve, d, k, r, s } = example;
    it(`signs and verifies the example of RFC 7091 §7.${curve.bits === 256 ? 1 : 2} (${curve.bits} bits)`, () => {
      const key = publicOf(curve, d);
      const signature = signDigest(curve, d, digestOf(example), k);
      expect(signature.toString('hex')).to.equal(s + r);
      expect(verifyDigest(key, digestOf(example), signature)).to.equal(true);
    });

    it(`refuses every changed octet of digest and signature (${curve.bits} bits)`, () => {
      const key = publicOf(curve, d);
      const signature = Buffer.from(s + r, 'hex');
      const digest = digestOf(example);
      for (const [i] of digest.entries()) {
        expect(verifyDigest(key, digest.with(i, digest[i]! ^ 1), signature), `octet ${i} of the digest`).to.equal(
          false,
        );
      }
      for (const [i] of signature.entries()) {
        const changed = signature.with(i, signature[i]! ^ 0x80);
        expect(verifyDigest(key, digest, changed), `octet ${i} of the signature`).to.equal(false);
      }
    });

    it(`refuses numbers outside 0 < r, s < q, and other lengths (${curve.bits} bits)`, () => {
      const key = publicOf(curve, d);
      const size = curve.bits / 8;
      const part = (number: bigint) => Buffer.from(number.toString(16).padStart(2 * size, '0'), 'hex');
      const [goodS, goodR] = [Buffer.from(s, 'hex'), Buffer.from(r, 'hex')];
      for (const bad of [0n, curve.q]) {
        expect(verifyDigest(key, digestOf(example), Buffer.concat([part(bad), goodR]))).to.equal(false);
        expect(verifyDigest(key, digestOf(example), Buffer.concat([goodS, part(bad)]))).to.equal(false);
      }
      expect(verifyDigest(key, digestOf(example), Buffer.concat([goodS, goodR, Buffer.alloc(1)]))).to.equal(false);
      expect(verifyDigest(key, digestOf(example), Buffer.concat([goodR, goodS]))).to.equal(false);
    });
  }

  it('takes a digest of zero for one (§6.1 step 2)', () => {
    const curve = curveOf('1.2.643.2.2.35.1')!;
    const zero = Buffer.alloc(32);
    const signature = signDigest(curve, 5n, zero);
    expect(verifyDigest(publicOf(curve, 5n), zero, signature)).to.equal(true);
    expect(verifyDigest(publicOf(curve, 5n), Buffer.from([1, ...Buffer.alloc(31)]), signature)).to.equal(true);
  });

  it('knows curves whose base points are of the order they claim, and no test sets', () => {
    for (const oid of SETS) {
      const { q, Point } = curveOf(oid)!;
      Point.BASE.assertValidity();
      expect(
        Point.BASE.multiplyUnsafe(q - 1n)
          .add(Point.BASE)
          .is0(),
        oid,
      ).to.equal(true);
    }
    for (const test of ['1.2.643.2.2.35.0', '1.2.643.7.1.2.1.2.0', '1.2.840.10045.3.1.7']) {
      expect(curveOf(test)).to.equal(undefined);
    }
  });

  const file = join(projectRoot(), '..', 'shared', 'reference', 'vectors', 'gost-rfc', 'gost-vectors.json');
  const has = existsSync(file);
  it(`agrees with the collected vectors${has ? '' : ' [skipped: ../shared/reference is absent]'}`, function () {
    if (!has) this.skip();
    const vectors = JSON.parse(readFileSync(file, 'utf8')).gost3410_2012 as { r: string; s: string; d: string }[];
    expect(vectors).to.have.length(2);
    for (const [i, vector] of vectors.entries()) {
      const example = EXAMPLES[i]!;
      expect(BigInt(`0x${vector.d}`)).to.equal(example.d);
      const signature = signDigest(example.curve, example.d, digestOf(example), example.k);
      expect(signature.toString('hex')).to.equal(vector.s.padStart(example.curve.bits / 4, '0') + vector.r);
    }
  });
});
