import { expect } from 'chai';
import { fault } from '../../src/faults/index.js';
import type { Participant } from '../../src/participants/index.js';
import { answerers, destinationOf, isBroadcast, isForSeveral, onlyOne } from '../../src/pipeline/destinations.js';
import { findRecipients, isWhole, routingInWords } from '../../src/pipeline/routing/find-recipients.js';
import { codeOf } from '../../src/pipeline/routing/verify-routing.js';

const [a, b] = ['A', 'B'].map((mnemonic) => ({ mnemonic }) as Participant) as [Participant, Participant];

describe('seeking recipients', () => {
  const providers: Record<string, Participant> = { 'd:1': a, 'd:2': b, 'i:один': a };
  const provider = (mark: { dynamic: string } | { identifier: string }) =>
    providers['dynamic' in mark ? `d:${mark.dynamic}` : `i:${mark.identifier}`];

  it('each value has a result of its own, each recipient is found once', () => {
    const found = findRecipients({ dynamic: ['1', '2', '3'], identifiers: ['один', '1'] }, provider);
    expect(found.recipients).to.deep.equal([a, b]);
    expect(found.statuses.dynamic.map((s) => s.code)).to.deep.equal(['success', 'success', 'recipientNotFound']);
    expect(found.statuses.identifiers.map((s) => s.code)).to.deep.equal(['success', 'recipientNotFound']);
    expect(isWhole(found.statuses)).to.equal(false);
    expect(isWhole({ dynamic: [], identifiers: [] })).to.equal(true);
  });

  it('the result in words is short, names what is lost, and cuts no character in two', () => {
    const none = { dynamic: [], identifiers: [], records: [] };
    expect(routingInWords(none, 2)).to.equal('Сообщение направлено получателям: 2');
    const records = Array.from({ length: 1000 }, (_, recordId) => {
      return { recordId, code: 'signatureInvalid' as const, dynamic: [], identifiers: [] };
    });
    const long = routingInWords(
      { ...none, dynamic: [{ value: '😀'.repeat(400), code: 'recipientNotFound' }], records },
      0,
    );
    expect([...long].length).to.be.at.most(500);
    expect(long)
      .to.match(/^Получатель не найден; без получателя 1001: «😀/)
      .and.match(/…$/);
    expect(long.isWellFormed()).to.equal(true);
  });

  it('what is wrong about a certificate and what about a signature are two codes', () => {
    const code = (
      signature: 'CertificateIsExpired' | 'CertificateIsNotFound' | 'SignatureIsInvalid' | 'NoSignatureFound',
    ) => codeOf(fault('SignatureVerificationFault', '', { signature }));
    expect(code('CertificateIsExpired')).to.equal('certificateInvalid');
    expect(code('CertificateIsNotFound')).to.equal('certificateInvalid');
    expect(code('SignatureIsInvalid')).to.equal('signatureInvalid');
    expect(code('NoSignatureFound')).to.equal('signatureInvalid');
  });
});

describe('the destination a message keeps', () => {
  it('is one participant, several that may answer, or a broadcast that nobody may', () => {
    const one = destinationOf({ recipients: [a] });
    const several = destinationOf({ recipients: [a, b] });
    const nobody = destinationOf({ recipients: [] });
    const all = destinationOf({ recipients: [a], broadcast: true });
    expect([one, several, nobody, all].map(answerers)).to.deep.equal([['A'], ['A', 'B'], [], []]);
    expect([one, several, nobody, all].map(isForSeveral)).to.deep.equal([false, true, true, false]);
    expect([one, several, nobody, all].map(isBroadcast)).to.deep.equal([false, false, false, true]);
    expect([onlyOne([a]), onlyOne([a, b]), onlyOne([a], true)]).to.deep.equal([a, undefined, undefined]);
  });
});
