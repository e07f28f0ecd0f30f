"""What kg knows beforehand: the codebook, the tables of the world, and the words that carry modality and speech."""
