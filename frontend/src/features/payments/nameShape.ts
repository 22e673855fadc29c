/** Where two names share a line: a long one is cut, "you" never. */
export const nameShape = (isViewer: boolean) => (isViewer ? 'shrink-0' : 'truncate')
