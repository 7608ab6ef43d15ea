const READY = 'Stress: 500 ships';
/** A server that has not answered by then does not know the message, or is far too busy. */
const ANSWER_SECONDS = 5;
const SHOW_SECONDS = 3;

/** For developers (`?dev`): asks for a battle in view, to see how the picture holds, and says what came of it. */
export class StressButton {
  private readonly button = document.createElement('button');
  private timer = 0;

  constructor(hud: HTMLElement, onPress: () => void) {
    const { button } = this;
    button.id = 'stress';
    button.type = 'button';
    button.dataset['testid'] = 'stress';
    this.become('ready', READY);
    button.addEventListener('click', () => {
      button.blur(); // or the space bar would press it again
      this.become('asked', 'Calling 500 ships …');
      this.after(ANSWER_SECONDS, () => this.tell('refused', 'No answer: is the server in development mode?'));
      onPress();
    });
    hud.append(button);
  }

  /** The server's answer: so many came. */
  answered(count: number): void {
    if (count > 0) this.tell('came', `${count} ships came`);
    else this.tell('refused', 'This cell is full: wait for the last battle to end');
  }

  /** The server refused something; most likely this. */
  refused(): void {
    if (this.button.dataset['state'] === 'asked') this.tell('refused', 'Refused: see what the server says');
  }

  private tell(state: string, text: string): void {
    this.become(state, text);
    this.after(SHOW_SECONDS, () => this.become('ready', READY));
  }

  private become(state: string, text: string): void {
    this.button.dataset['state'] = state;
    this.button.disabled = state === 'asked';
    this.button.textContent = text;
  }

  private after(seconds: number, act: () => void): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(act, seconds * 1000);
  }
}
