/**
 * Driver of SecondOpinion: the Xerces of a JDK, held open in one Java process that is spoken to in frames.
 * May import: ports. Start at createXercesOpinion; XercesJudge.java is the other end of the pipe.
 */
export * from './xerces-opinion.js';
