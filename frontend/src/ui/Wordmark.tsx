/** The mark: a Q whose tail is one stroke of an equals sign. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <g className="stroke-brand" strokeLinecap="round" strokeWidth="3.25">
        <circle cx="14.5" cy="16" r="11" />
        <path d="M10 13h9M10 19h19" />
      </g>
    </svg>
  )
}

export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2">
      <Mark />
      <span className="font-display text-xl font-bold tracking-tight">quits</span>
    </span>
  )
}
