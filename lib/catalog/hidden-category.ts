/** 1C's id, as it were, of the category that goods without a known group lie in. */
export const HIDDEN_CATEGORY = 'obmen:hidden'
