/** Something that the person who starts Obmen can mend: shown as one message, without a stack. */
export class StartFailure extends Error {}
