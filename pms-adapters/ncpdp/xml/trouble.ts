/** What can be wrong with a piece of XML, and where. Names of our own schemas; never a value. */

export type XmlTrouble =
  /** The bytes, before anything is parsed. */
  | "too_large"
  | "not_utf8"
  | "bad_encoding"
  | "document_type"
  | "instruction"
  | "unknown_entity"
  | "bad_character"
  | "too_deep"
  | "too_many_elements"
  | "too_many_attributes"
  | "not_xml"
  /** What they say. */
  | "wrong_root"
  | "unknown_version"
  | "stray_text"
  | "missing"
  | "bad_value"
  /** What was to be written. */
  | "wrong_form"
  | "unwritable"

/** Something odd that was kept as it came, or left behind, for whoever looks into it later. */
export interface XmlNote {
  readonly code:
    | "unknown_element"
    | "unknown_transaction"
    | "unknown_version_stamp"
    | "repeated"
    | "empty"
    | "order_differs"
    | "attribute_dropped"
    | "several_outcomes"
  /** The element of ours around it. What a stranger called his own could be anything. */
  readonly at: string
}

/** `at` is a path of names that our schemas know, such as `Message/Body/NewRx/Patient`. */
export class XmlError extends Error {
  readonly code: XmlTrouble
  readonly at: string

  constructor(code: XmlTrouble, at = "") {
    super(at === "" ? code : `${code} at ${at}`)
    this.name = "XmlError"
    this.code = code
    this.at = at
  }
}
