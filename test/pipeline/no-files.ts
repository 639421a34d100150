/** For messages that announce no file. */
export const NO_FILES = {
  look: async () => [],
  documents: async () => [],
  claim: async () => true,
  open: () => [],
};
