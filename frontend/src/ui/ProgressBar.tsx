interface ProgressBarProps {
  label: string
  value: number
  most: number
}

/** How much of something is done. */
export function ProgressBar({ label, value, most }: ProgressBarProps) {
  return (
    <progress
      aria-label={label}
      value={value}
      max={most}
      className="block h-2 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-brand [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:rounded-full [&::-webkit-progress-value]:bg-brand [&::-webkit-progress-value]:transition-[width]"
    />
  )
}
