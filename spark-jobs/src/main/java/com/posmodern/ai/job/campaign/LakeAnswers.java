package com.posmodern.ai.job.campaign;

import com.posmodern.ai.campaign.text.KeptAnswers;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.NewFile;
import com.posmodern.ai.lake.StorageErrors;
import com.posmodern.ai.night.JobContext;
import java.io.IOException;
import java.util.Optional;

/** Answers of a model in small files of the lake, by what was asked; no person is in them. */
final class LakeAnswers implements KeptAnswers {
  private static final String FOLDER = "models/campaign_texts";

  private final String folder;
  private final NewFile files;

  /**
   * @throws com.posmodern.ai.error.PosException infrastructure when the storage does not respond
   */
  LakeAnswers(JobContext context) {
    folder = Lake.absolute(context.settings().lake()) + "/" + FOLDER;
    try {
      files = new NewFile(context.spark().sessionState().newHadoopConf(), folder);
    } catch (IOException e) {
      throw StorageErrors.explain(e, "opening " + folder);
    }
  }

  @Override
  public Optional<String> find(String key) {
    try {
      return files.read(name(key));
    } catch (IOException e) {
      throw StorageErrors.explain(e, "reading a text of " + folder);
    }
  }

  @Override
  public void keep(String key, String answer) {
    try {
      files.create(name(key), answer);
    } catch (IOException e) {
      throw StorageErrors.explain(e, "writing a text to " + folder);
    }
  }

  private static String name(String key) {
    return key + ".txt";
  }
}
