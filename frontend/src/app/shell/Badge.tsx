const MOST = 9

/** How many things are new; nothing when there are none. */
export function Badge({ count, label }: { count: number; label: string }) {
  if (count === 0) return null
  return (
    <span className="grid h-4.5 min-w-4.5 place-items-center rounded-full bg-brand px-1 text-[0.6875rem] leading-none font-bold text-on-brand">
      {count > MOST ? `${MOST}+` : count}
      <span className="sr-only"> {label}</span>
    </span>
  )
}
