/** Silences, in seconds, as evidence. Word times come from the decoder's tokens and are good to about 0.1 s. */

/** Longer than the joint between two words of one phrase. */
export const HESITATION = 0.25
/** Parts the words of one number. */
export const PARTS_NUMBER = 0.6
/** Ends a sentence where nothing else tells. */
export const ENDS_SENTENCE = 0.7
