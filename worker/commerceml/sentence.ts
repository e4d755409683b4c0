import type { RecordKind } from './records'

/**
 * What the operator is told: which sentence of messages/*.json (`sentence.…`), and what stands in its gaps, which may be
 * a sentence itself. It is worded where it is read, in the reader's language.
 */
export interface Sentence {
  key: SentenceKey
  values?: Readonly<Record<string, string | number | Sentence>> | undefined
}

/** What there can be to say of an export's files and records while they are read. */
type SentenceKey =
  | `record.${RecordKind}`
  | 'missingId'
  | 'missingName'
  | 'badNumber'
  | 'emptyValue'
  | 'encodingMismatch'
  | 'notABuyer'
  | 'badInn'
  | `file.${'broken' | 'refused' | 'notUtf8' | 'notEncoding' | 'unknownEncoding' | 'version1'}`
  | `file.${'unreadable' | 'notOpened' | 'changed' | 'vanished' | 'appeared'}`
  | `folder.${'missing' | 'vanished' | 'beingWritten'}`
  | `xml.${XmlFault}`

/** Why a file is not XML, or is not taken although it is. */
export type XmlFault =
  | 'cutOff'
  | 'unclosed'
  | 'declaration'
  | 'textOutside'
  | 'cdataEnd'
  | 'secondRoot'
  | 'elementName'
  | 'slash'
  | 'noSpace'
  | 'attribute'
  | 'noQuotes'
  | 'repeatedAttribute'
  | 'strayEnd'
  | 'otherEnd'
  | 'commentDashes'
  | 'unknownDeclaration'
  | 'instruction'
  | 'character'
  | 'lessThan'
  | 'ampersand'
  | 'entity'
  | 'reference'
  | 'dtd'
  | 'depth'
  | 'length'
