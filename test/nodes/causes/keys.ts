import { generateKeyPairSync } from 'node:crypto';

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });

/** What the app has, and the private key that belongs to it. */
export const { publicKey: certificate, privateKey } = pair();

/** A certificate that belongs to another key. */
export const { publicKey: otherCertificate } = pair();
