import { Fragment } from 'react'

interface SeriesProps {
  of: readonly string[]
  between?: string
}

/** Texts in a row, each for itself: a right-to-left one does not reorder the others. */
export function Series({ of: texts, between = ', ' }: SeriesProps) {
  return texts.map((text, index) => (
    <Fragment key={index}>
      {index > 0 && between}
      <bdi>{text}</bdi>
    </Fragment>
  ))
}
