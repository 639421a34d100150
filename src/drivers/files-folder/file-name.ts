const LONGEST = 255;
/** Control characters, separators, what Windows forbids, and what turns the direction of writing: «exe.xml» shown for «lmx.exe». */
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f/\\:*?"<>|\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]/u;
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Why this is no name a file may have, whatever system its reader keeps it on; undefined where it may. */
export function nameProblem(name: string): { readonly ru: string; readonly en: string } | undefined {
  if (name === '' || Buffer.byteLength(name) > LONGEST)
    return { ru: `Имя файла — от 1 до ${LONGEST} байт`, en: `A file name has 1 to ${LONGEST} bytes` };
  if (FORBIDDEN.test(name) || !name.isWellFormed())
    return { ru: 'В имени файла есть недопустимые знаки', en: 'The file name has characters it must not have' };
  if (/^[.\s]|[.\s]$/u.test(name) || DEVICE.test(name))
    return { ru: 'Такое имя файла не допускается', en: 'No file may have this name' };
  return undefined;
}
