/** Every code a problem can have (COMMERCEML.md §7); messages/*.json has a title for each. */
export const PROBLEM_CODES = [
  'missing_id',
  'missing_name',
  'bad_number',
  'encoding_mismatch',
  'duplicate_record',
  'dangling_reference',
  'unknown_parent',
  'group_cycle',
  'type_conflict',
  'negative_stock',
  'file_not_used',
  'outside_root_category',
  'not_a_buyer',
  'bad_inn',
  'bad_picture_path',
  'picture_missing',
  'picture_broken',
] as const

export type ProblemCode = (typeof PROBLEM_CODES)[number]
