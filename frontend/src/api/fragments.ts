/**
 * A part of an answer whose fields only the owner of the fragment can read: a component passes it
 * on without depending on what is in it.
 */
export type Masked<Fragment> = Fragment extends { ' $fragmentName'?: infer Name }
  ? Name extends string
    ? { ' $fragmentRefs'?: Record<Name, Fragment> }
    : never
  : never

/** The fields of a fragment, where those of several are put together. */
export type Fields<Fragment> = Omit<Fragment, ' $fragmentName' | ' $fragmentRefs'>

/** What somebody else made of a fragment, to be written where it is read by its owner. */
export function mask<Fragment>(part: Fragment): Masked<Fragment> {
  return part as Masked<Fragment>
}

/** The fields of a fragment, for the component beside which it is written: `unmask<GroupNameFragment>(group)`. */
export function unmask<Fragment>(part: Masked<Fragment>): Fragment
export function unmask<Fragment>(
  part: Masked<Fragment> | null | undefined,
): Fragment | null | undefined
export function unmask<Fragment>(parts: readonly Masked<Fragment>[]): readonly Fragment[]
export function unmask(part: unknown): unknown {
  return part
}
