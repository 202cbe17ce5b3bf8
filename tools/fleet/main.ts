import { runCommand } from '../kit/commandLine';
import { readArguments, USAGE } from './arguments';
import { runFleet } from './run';

void runCommand({ name: 'The fleet', usage: USAGE, readArguments, run: runFleet });
