/** For developers (`?dev`): a button that asks for a battle in view, to see how the picture holds. */
export function addStressButton(hud: HTMLElement, onPress: () => void): void {
  const button = document.createElement('button');
  button.id = 'stress';
  button.type = 'button';
  button.dataset['testid'] = 'stress';
  button.textContent = 'Stress: 500 ships';
  button.addEventListener('click', () => {
    onPress();
    button.blur(); // or the space bar would press it again
  });
  hud.append(button);
}
