export function startProgram(flags?: string[]): Promise<{ url: string; stop: () => Promise<number | null> }>
export const CHROMIUM: { executablePath: string; args: string[] }
