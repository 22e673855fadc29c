import type { TypedDocumentNode } from '@graphql-typed-document-node/core'

/**
 * A part of an answer whose fields only the owner of the fragment can read: a component passes it
 * on without depending on what is in it.
 */
export type Masked<Fragment> = Fragment extends { ' $fragmentName'?: infer Name }
  ? Name extends string
    ? { ' $fragmentRefs'?: Record<Name, Fragment> }
    : never
  : never

type Document<Fragment> = TypedDocumentNode<Fragment, never>

/** The fields of a fragment, for the component beside which it is written. */
export function unmask<Fragment>(fragment: Document<Fragment>, part: Masked<Fragment>): Fragment
export function unmask<Fragment>(
  fragment: Document<Fragment>,
  part: Masked<Fragment> | null | undefined,
): Fragment | null | undefined
export function unmask<Fragment>(
  fragment: Document<Fragment>,
  parts: readonly Masked<Fragment>[],
): readonly Fragment[]
export function unmask(_: unknown, part: unknown): unknown {
  return part
}
