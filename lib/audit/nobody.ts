/** The command line and the system itself, as a choice of «who» did something. */
export const NOBODY = 'system'
